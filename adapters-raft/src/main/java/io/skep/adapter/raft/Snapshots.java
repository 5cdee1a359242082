package io.skep.adapter.raft;

import io.skep.adapter.raft.state.CheckpointSize;
import io.skep.adapter.raft.state.StateLimitException;
import io.skep.adapter.raft.state.SupersededException;
import io.skep.domain.engine.store.ArchiveException;
import io.skep.port.out.Checkpoint;
import io.skep.port.out.Replica;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.ratis.server.protocol.TermIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When a partition's checkpoints are taken, and how: the apply thread begins one, another thread
/// writes it.
final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  /// After a failed attempt, for instance for want of disk space.
  private static final long RETRY_NANOS = 10_000_000_000L;

  private final SnapshotStore store;
  private final Executor writer;
  private final Replica replica;
  private final int partitionId;
  private final long intervalNanos;
  private final long entriesBetween;
  private final long bytesBetween;
  private final AtomicBoolean busy = new AtomicBoolean();

  private volatile long entries;
  private volatile long bytes;
  private volatile long lastBytes;
  private volatile long takenAt = System.nanoTime();
  private volatile long notBefore = takenAt;
  private volatile boolean closed;

  Snapshots(
      SnapshotStore store,
      Executor writer,
      Replica replica,
      int partitionId,
      InternalApiSettings settings) {
    this.store = store;
    this.writer = writer;
    this.replica = replica;
    this.partitionId = partitionId;
    this.intervalNanos = settings.snapshotInterval().toNanos();
    this.entriesBetween = settings.entriesBetweenSnapshots();
    this.bytesBetween = settings.bytesBetweenSnapshots();
  }

  /// Counts an applied entry. On the apply thread only, so that counting needs no atomic operation.
  void applied(int entryBytes) {
    entries = entries + 1;
    bytes = bytes + entryBytes;
  }

  boolean isDue(long now) {
    if (busy.get() || closed || entries == 0 || now - notBefore < 0) return false;
    return entries >= entriesBetween
        // Not if the log has grown by less than the last one took: that would be more writing than
        // reading the log.
        || bytes >= Math.max(bytesBetween, lastBytes)
        || now - takenAt >= intervalNanos
        || replica.wantsCheckpoint();
  }

  /// Takes a checkpoint, unless one is being written. On the apply thread, between two entries.
  ///
  /// @param saved called on the writing thread, with how far the log may be dropped
  /// @param broken called there if what was stored before turns out to be damaged, or if the disk
  ///   fails: what was written before may be lost as well
  void take(TermIndex at, LongConsumer saved, Consumer<Exception> broken) {
    if (closed || entries == 0 || store.isBeingReplaced() || !busy.compareAndSet(false, true))
      return;
    Checkpoint checkpoint = replica.checkpoint();
    entries = 0;
    bytes = 0;
    takenAt = System.nanoTime();
    try {
      writer.execute(() -> write(at, checkpoint, saved, broken));
    } catch (RejectedExecutionException e) {
      // The server is being closed.
      checkpoint.failed();
      busy.set(false);
    }
  }

  private void write(
      TermIndex at, Checkpoint checkpoint, LongConsumer saved, Consumer<Exception> broken) {
    try {
      long start = System.nanoTime();
      CheckpointSize size = store.save(at, checkpoint, () -> closed);
      lastBytes = size.bytes();
      LOG.info(
          "Partition {}: wrote a checkpoint as of index {} in {} ms: {} bytes, {} records that changed and {} copied; all take"
              + " up {} bytes",
          partitionId,
          at.getIndex(),
          (System.nanoTime() - start) / 1_000_000,
          size.bytes(),
          size.changed(),
          size.copied(),
          size.totalBytes());
      saved.accept(store.purgeable());
    } catch (SupersededException e) {
      LOG.info("Partition {}: {}", partitionId, e.getMessage());
    } catch (ArchiveException e) {
      if (!closed) broken.accept(e);
    } catch (IOException e) {
      if (closed) return;
      if (e instanceof StateLimitException || store.isFull(e)) retryLater(at, e);
      else broken.accept(e);
    } catch (RuntimeException e) {
      retryLater(at, e);
    } finally {
      busy.set(false);
    }
  }

  private void retryLater(TermIndex at, Exception e) {
    if (closed) return;
    notBefore = System.nanoTime() + RETRY_NANOS;
    LOG.error(
        "Partition {}: expected to write a checkpoint as of index {}, but it failed; the log is kept",
        partitionId,
        at.getIndex(),
        e);
    // Due again, however few entries come.
    entries = Math.max(entries, 1);
    takenAt = notBefore - intervalNanos;
  }

  /// Ends what is being written.
  void close() {
    closed = true;
  }
}
