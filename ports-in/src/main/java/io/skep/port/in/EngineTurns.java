package io.skep.port.in;

import io.skep.domain.engine.Engine;
import io.skep.domain.engine.EngineRestore;
import io.skep.domain.engine.store.Archive;
import io.skep.domain.engine.store.CorruptStateException;
import io.skep.port.out.Checkpoint;
import io.skep.port.out.PartitionMetrics.Work;
import io.skep.port.out.StoredState;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// A partition's engine, which the thread that applies entries and the one that takes a checkpoint
/// use in turns.
final class EngineTurns {
  private final int partitionId;
  private final PartitionEnvironment environment;

  /// Fair, so that who applies entries is next after each slice of a checkpoint.
  private final Lock turn = new ReentrantLock(true);

  private Engine engine;
  private int checkpointAt;
  private volatile boolean wantsCheckpoint;

  EngineTurns(int partitionId, PartitionEnvironment environment) {
    this.partitionId = partitionId;
    this.environment = environment;
    engine = newEngine();
    checkpointAt = residentLimit();
  }

  private Engine newEngine() {
    return new Engine(
        partitionId,
        environment.settings().partitionCount(),
        environment.reader(),
        environment.records().isOpen());
  }

  private int residentLimit() {
    return environment.settings().residentLimit();
  }

  /// To be used [#inTurn] only.
  Engine engine() {
    return engine;
  }

  void inTurn(Runnable work) {
    turn.lock();
    try {
      work.run();
    } finally {
      turn.unlock();
    }
  }

  /// Entries have been applied. In turn.
  void applied() {
    wantsCheckpoint = engine.state().aggregates().presentCount() > checkpointAt;
  }

  /// See [io.skep.port.out.Replica#wantsCheckpoint].
  boolean wantsCheckpoint() {
    return wantsCheckpoint;
  }

  /// See [io.skep.port.out.Replica#checkpoint].
  Checkpoint checkpoint() {
    long startNanos = environment.clock().nanoTime();
    turn.lock();
    try {
      return new ReplicaCheckpoint(
          engine.checkpoint(), this, environment.clock(), residentLimit(), this::checkpointed);
    } finally {
      busy(Work.CHECKPOINT_BEGIN, startNanos);
      turn.unlock();
    }
  }

  /// Does something for a checkpoint, of which there may be many in a row.
  ///
  /// @return what that gives
  boolean step(BooleanSupplier step) {
    turn.lock();
    long startNanos = environment.clock().nanoTime();
    try {
      return step.getAsBoolean();
    } finally {
      // Before the other thread goes on, which may be in place of this one.
      busy(Work.CHECKPOINT_STEP, startNanos);
      turn.unlock();
    }
  }

  private void busy(Work work, long startNanos) {
    long nanos = environment.clock().nanoTime() - startNanos;
    environment.metrics().busy(partitionId, work, nanos);
  }

  /// A checkpoint is of no use to memory if all that is there is in use: the next one waits until
  /// there is more.
  private void checkpointed() {
    int resident = engine.state().aggregates().presentCount();
    checkpointAt = Math.max(residentLimit(), resident + resident / 4);
  }

  /// See [io.skep.port.out.Replica#use].
  void use(Archive archive) {
    engine.use(archive);
  }

  /// See [io.skep.port.out.Replica#restore].
  void restore(StoredState stored) throws IOException {
    try {
      var restore =
          new EngineRestore(newEngine(), stored.head(), environment.reader(), stored.archive());
      stored.forEach(restore::aggregate);
      engine = restore.end();
    } catch (CorruptStateException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
