package io.skep.simulation;

import io.skep.port.out.CheckpointStore.Image;
import io.skep.port.out.PartitionLog.Proposal;
import io.skep.port.out.Replica;
import io.skep.simulation.Disk.Entry;
import io.skep.simulation.RaftMember.LogObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.SplittableRandom;

/// Brings entries to a replica, some of them at a time, tells it which are committed, and takes
/// checkpoints of what it comes to.
final class Applier {
  private static final int ENTRIES_AT_ONCE = 16;
  private static final long ENTRIES_BETWEEN_CHECKPOINTS = 25;

  private final Machine machine;
  private final SplittableRandom random;
  private final Disk disk;
  private final Replica replica;
  private final LogObserver observer;
  private final Proposals proposals;
  private final Set<Bug> bugs;
  private long committedIndex;

  /// Up to here entries may be applied.
  private long readyIndex;

  private long appliedIndex;

  /// Up to here the replica knows them to be committed.
  private long toldIndex;

  private boolean checkpointDue;
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
      Proposals proposals,
      Set<Bug> bugs) {
    this.machine = machine;
    this.random = random;
    this.disk = disk;
    this.replica = replica;
    this.observer = observer;
    this.proposals = proposals;
    this.bugs = bugs;
    if (disk.snapshot != null) restart();
  }

  /// Goes on from the snapshot that is on disk.
  void restart() {
    appliedIndex = disk.snapshotIndex;
    toldIndex = appliedIndex;
    checkpointDue = false;
    try {
      replica.restore(disk.store.stored());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long appliedIndex() {
    return appliedIndex;
  }

  /// Entries are committed: applies those that are not yet, a while later.
  void commit(long index) {
    committedIndex = index;
    readyIndex = Math.max(readyIndex, index);
    tell();
    applySoon();
  }

  /// Entries will be committed unless the process dies: applies them, a while later.
  void applyAhead(long index) {
    readyIndex = index;
    applySoon();
  }

  private void applySoon() {
    if (applying || checkpointDue || appliedIndex >= readyIndex) return;
    applying = true;
    machine.schedule(
        random.nextLong(3 + machine.slowMs()),
        () -> {
          applying = false;
          for (int i = 0; i < ENTRIES_AT_ONCE && appliedIndex < readyIndex && !checkpointDue; i++)
            apply();
          applySoon();
        });
  }

  private void apply() {
    Entry entry = disk.at(++appliedIndex);
    Proposal own = proposals.of(appliedIndex, entry);
    if (entry.content() != null) {
      replica.apply(appliedIndex, entry.content(), own);
      if (bugs.contains(Bug.TOLD_BEFORE_COMMIT)) replica.committed(appliedIndex);
    }
    checkpointDue = appliedIndex % ENTRIES_BETWEEN_CHECKPOINTS == 0;
    tell();
  }

  /// Says what is committed of what was applied. A checkpoint waits until all of it is.
  private void tell() {
    if (toldIndex < Math.min(appliedIndex, committedIndex)) {
      toldIndex = Math.min(appliedIndex, committedIndex);
      replica.committed(toldIndex);
    }
    if (!checkpointDue || toldIndex < appliedIndex) return;
    checkpointDue = false;
    takeCheckpoint();
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
