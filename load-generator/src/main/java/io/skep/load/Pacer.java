package io.skep.load;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Wakes an open loop whenever an operation is due. A thread of its own, because an event loop
/// waits in whole milliseconds.
final class Pacer implements AutoCloseable {
  /// Faster than this, operations start in twos and more.
  private static final long SHORTEST_NANOS = 50_000;

  private final Gateway gateway;
  private final Load load;
  private final double nanosEach;
  private final AtomicBoolean isWaking = new AtomicBoolean();
  private final Thread thread = Thread.ofPlatform().daemon().name("pace").unstarted(this::run);
  private volatile boolean isClosed;

  Pacer(Gateway gateway, Load load, double perSecond) {
    this.gateway = gateway;
    this.load = load;
    this.nanosEach = 1e9 / perSecond;
  }

  Pacer start() {
    thread.start();
    return this;
  }

  private void run() {
    long began = System.nanoTime();
    while (!isClosed) {
      long now = System.nanoTime();
      if (isWaking.compareAndSet(false, true)) gateway.loop().execute(this::wake);
      // The time of the next one that is due, or a multiple of it.
      double nth = Math.floor((now - began) / nanosEach) + 1;
      long pause = Math.max(SHORTEST_NANOS, began + (long) (nth * nanosEach) - now);
      LockSupport.parkNanos(pause);
    }
  }

  private void wake() {
    isWaking.set(false);
    load.startWhatIsDue(System.nanoTime());
  }

  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
