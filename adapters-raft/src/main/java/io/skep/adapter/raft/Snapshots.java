package io.skep.adapter.raft;

import io.skep.port.out.Replica;
import io.skep.port.out.Replica.FrozenState;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.apache.ratis.server.protocol.TermIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When a partition's snapshots are taken, and how: the apply thread freezes the state, another one
/// writes it.
final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  /// A snapshot is worth its writing when the log has grown by this much, and by as much as the
  /// last one took.
  private static final long BYTES_BETWEEN = 128L << 20;

  /// After a failed attempt, for instance for want of disk space.
  private static final long RETRY_NANOS = 10_000_000_000L;

  private final SnapshotStore store;
  private final Executor writer;
  private final int partitionId;
  private final long intervalNanos;
  private final long entriesBetween;
  private final AtomicBoolean busy = new AtomicBoolean();

  private volatile long entries;
  private volatile long bytes;
  private volatile long lastBytes;
  private volatile long takenAt = System.nanoTime();
  private volatile long notBefore = takenAt;
  private volatile boolean closed;

  Snapshots(SnapshotStore store, Executor writer, int partitionId, InternalApiSettings settings) {
    this.store = store;
    this.writer = writer;
    this.partitionId = partitionId;
    this.intervalNanos = settings.snapshotInterval().toNanos();
    this.entriesBetween = settings.entriesBetweenSnapshots();
  }

  /// Counts an applied entry. On the apply thread only, so that counting needs no atomic operation.
  void applied(int entryBytes) {
    entries = entries + 1;
    bytes = bytes + entryBytes;
  }

  boolean isDue(long now) {
    if (busy.get() || closed || entries == 0 || now - notBefore < 0) return false;
    return entries >= entriesBetween
        || bytes >= Math.max(BYTES_BETWEEN, lastBytes)
        || now - takenAt >= intervalNanos;
  }

  /// Takes a snapshot, unless one is being written. On the apply thread, between two entries.
  ///
  /// @param saved called on the writing thread, with how far the log may be dropped
  void take(TermIndex at, Replica replica, LongConsumer saved) {
    if (closed || !busy.compareAndSet(false, true)) return;
    FrozenState state = replica.freeze();
    entries = 0;
    bytes = 0;
    takenAt = System.nanoTime();
    try {
      writer.execute(() -> write(at, state, saved));
    } catch (RejectedExecutionException e) {
      // The server is being closed.
      busy.set(false);
    }
  }

  private void write(TermIndex at, FrozenState state, LongConsumer saved) {
    try {
      long start = System.nanoTime();
      lastBytes = store.save(at, state, () -> closed);
      LOG.info(
          "Partition {}: wrote a snapshot of {} bytes as of index {} in {} ms",
          partitionId,
          lastBytes,
          at.getIndex(),
          (System.nanoTime() - start) / 1_000_000);
      saved.accept(store.purgeable());
    } catch (IOException | RuntimeException e) {
      if (closed) return;
      notBefore = System.nanoTime() + RETRY_NANOS;
      LOG.error(
          "Partition {}: expected to write a snapshot as of index {}, but it failed; the log is kept",
          partitionId,
          at.getIndex(),
          e);
      // Due again, however few entries come.
      entries = Math.max(entries, 1);
      takenAt = notBefore - intervalNanos;
    } finally {
      busy.set(false);
    }
  }

  /// Ends what is being written.
  void close() {
    closed = true;
  }
}
