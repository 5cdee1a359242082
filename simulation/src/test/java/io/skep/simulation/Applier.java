package io.skep.simulation;

import io.skep.port.out.CheckpointStore.Image;
import io.skep.port.out.PartitionLog.Proposal;
import io.skep.port.out.Replica;
import io.skep.simulation.Disk.Entry;
import io.skep.simulation.RaftMember.LogObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;

/// Brings committed entries to a replica, some of them at a time, and takes checkpoints of what it
/// comes to.
final class Applier {
  private static final int ENTRIES_AT_ONCE = 16;
  private static final long ENTRIES_BETWEEN_CHECKPOINTS = 25;

  private final Machine machine;
  private final SplittableRandom random;
  private final Disk disk;
  private final Replica replica;
  private final LogObserver observer;
  private final Proposals proposals;
  private long committedIndex;
  private long appliedIndex;
  private boolean applying;
  private long checkpointIndex;

  /// Is told of each entry that is about to be applied.
  interface Proposals {
    /// @return what was proposed here and became this entry, or `null`
    Proposal of(long index, Entry entry);
  }

  Applier(
      Machine machine,
      SplittableRandom random,
      Disk disk,
      Replica replica,
      LogObserver observer,
      Proposals proposals) {
    this.machine = machine;
    this.random = random;
    this.disk = disk;
    this.replica = replica;
    this.observer = observer;
    this.proposals = proposals;
    if (disk.snapshot != null) restart();
  }

  /// Goes on from the snapshot that is on disk.
  void restart() {
    appliedIndex = disk.snapshotIndex;
    try {
      replica.restore(disk.store.stored());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long appliedIndex() {
    return appliedIndex;
  }

  /// Applies what is committed and was not applied, a while later.
  void applyUpTo(long index) {
    committedIndex = index;
    applySoon();
  }

  private void applySoon() {
    if (applying || appliedIndex >= committedIndex) return;
    applying = true;
    machine.schedule(
        random.nextLong(3 + machine.slowMs()),
        () -> {
          applying = false;
          for (int i = 0; i < ENTRIES_AT_ONCE && appliedIndex < committedIndex; i++) apply();
          applySoon();
        });
  }

  private void apply() {
    Entry entry = disk.at(++appliedIndex);
    Proposal own = proposals.of(appliedIndex, entry);
    if (entry.content() != null) replica.apply(appliedIndex, entry.content(), own);
    if (appliedIndex % ENTRIES_BETWEEN_CHECKPOINTS == 0) takeCheckpoint();
  }

  /// Begins a checkpoint, which is taken bit by bit while the replica goes on. What is not stored
  /// when the process dies is lost.
  private void takeCheckpoint() {
    if (disk.store.isOpen()) keepCheckpoint();
    disk.store.begin(replica);
    checkpointIndex = appliedIndex;
    long index = appliedIndex;
    for (int step = 0; step < 1 + random.nextInt(3); step++)
      whileTaking(index, disk.store::takeSome);
    whileTaking(index, random.nextInt(8) == 0 ? disk.store::fail : this::keepCheckpoint);
  }

  private void whileTaking(long index, Runnable step) {
    machine.schedule(
        random.nextLong(300),
        () -> {
          if (disk.store.isOpen() && checkpointIndex == index) step.run();
        });
  }

  private void keepCheckpoint() {
    Image image = disk.store.finish();
    observer.snapshot(checkpointIndex, image);
    disk.keep(image, checkpointIndex);
  }

  /// What the replica remembers.
  Image state() {
    if (disk.store.isOpen()) keepCheckpoint();
    Image image = disk.store.store(replica);
    disk.keep(image, appliedIndex);
    return image;
  }
}
