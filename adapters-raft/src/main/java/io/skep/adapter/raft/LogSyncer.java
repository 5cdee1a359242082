package io.skep.adapter.raft;

import io.skep.adapter.raft.log.LogTail;
import io.skep.adapter.raft.log.LogWriter;
import io.skep.port.out.Replica;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Brings the entries of a partition that has one replica onto the disk, and tells the replica that
/// they are committed. As long as the partition's thread has more to apply a thread of its own does
/// that meanwhile. What comes alone is not handed over: the partition's thread does it itself.
///
/// All methods but [#committed] are for the partition's thread.
final class LogSyncer {
  private final LogWriter writer;
  private final Replica replica;
  private final Consumer<Throwable> onFailure;
  private final Thread thread;

  /// Held by the one of the two threads that is at it.
  private final Lock turn = new ReentrantLock();

  /// The index of the last entry that was applied.
  private volatile long applied;

  /// The index of the last one that is on disk, and that the replica was told of.
  private volatile long committed;

  private volatile boolean asleep;
  private volatile boolean closed;
  private volatile boolean ended;

  /// @param from the index of the last entry that is on disk and applied
  /// @param onFailure told if something will never be on disk; nothing is committed after that
  LogSyncer(
      int partitionId,
      LogWriter writer,
      long from,
      Replica replica,
      Consumer<Throwable> onFailure) {
    this.writer = writer;
    this.replica = replica;
    this.onFailure = onFailure;
    this.applied = from;
    this.committed = from;
    thread = Thread.ofPlatform().daemon().name("log-" + partitionId).start(this::run);
  }

  // ---- its own thread

  private void run() {
    try {
      while (true) {
        // Whoever closes it has applied all there is before.
        boolean last = closed;
        if (applied > committed) commitInTurn();
        else if (last) return;
        else rest();
      }
    } catch (Throwable e) {
      // Also what nobody has declared.
      onFailure.accept(e);
    } finally {
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }
  }

  private void commitInTurn() throws IOException {
    turn.lock();
    try {
      commit();
    } finally {
      turn.unlock();
    }
  }

  private void rest() {
    asleep = true;
    if (applied == committed && !closed) LockSupport.park(this);
    asleep = false;
  }

  // ---- whoever has the turn

  private void commit() throws IOException {
    long upTo = applied;
    if (upTo == committed) return;
    writer.sync();
    replica.committed(upTo);
    synchronized (this) {
      committed = upTo;
      notifyAll();
    }
  }

  // ---- the partition's thread

  /// Waits while as many entries are applied and not on disk as may be. More would look like damage
  /// if a power cut tore the first.
  ///
  /// @return `false` if it has failed
  boolean awaitRoom() throws InterruptedException {
    return awaitCommitted(applied + 1 - LogTail.UNSYNCED_ENTRIES);
  }

  /// Waits until all that was applied is committed.
  ///
  /// @return `false` if it has failed
  boolean awaitAll() throws InterruptedException {
    return awaitCommitted(applied);
  }

  private boolean awaitCommitted(long index) throws InterruptedException {
    if (committed >= index) return true;
    wake();
    synchronized (this) {
      while (committed < index && !ended) wait();
    }
    return committed >= index;
  }

  /// An entry has been added to the log and applied.
  ///
  /// @param more whether another one waits
  /// @throws IOException if what was applied will never be on disk
  void applied(long index, boolean more) throws IOException {
    applied = index;
    if (more) {
      wake();
    } else if (turn.tryLock()) {
      try {
        commit();
      } finally {
        turn.unlock();
      }
    }
    // Otherwise the other thread is at it, and looks again when it is done.
  }

  private void wake() {
    if (asleep) LockSupport.unpark(thread);
  }

  /// Returns when all that was applied is committed, or it has failed.
  void close() throws InterruptedException {
    closed = true;
    wake();
    thread.join();
  }

  // ---- from any thread

  /// The index of the last entry that is committed.
  long committed() {
    return committed;
  }
}
