package org.apache.ratis.util;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Stands in for Ratis' class of this name, which forgets signals.
///
/// Those who wait first look whether there is anything to do and then wait for the signal. Ratis'
/// own lets pass what is signalled in between: what applies entries then waits its 100 ms beside an
/// entry that is committed, and what sends entries to a follower may wait for the next heartbeat.
/// On a partition that has one entry on its way at a time, everything waits with it. Here a signal
/// is kept until somebody has seen it, so that at worst one looks once in vain.
///
/// To be deleted when Ratis keeps signals; a test tells.
public class AwaitForSignal {
  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition given = lock.newCondition();
  private boolean signalled;

  /// @param name who waits, for messages
  public AwaitForSignal(Object name) {
    this.name = name + "-" + getClass().getSimpleName();
  }

  /// Waits until there was a signal since somebody last waited.
  public void await() throws InterruptedException {
    lock.lock();
    try {
      while (!signalled) given.await();
      signalled = false;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a signal as well, but not for longer than this.
  ///
  /// @return whether there was one
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    long leftNanos = unit.toNanos(time);
    lock.lock();
    try {
      while (!signalled && leftNanos > 0) leftNanos = given.awaitNanos(leftNanos);
      boolean seen = signalled;
      signalled = false;
      return seen;
    } finally {
      lock.unlock();
    }
  }

  public void signal() {
    lock.lock();
    try {
      signalled = true;
      given.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
