package io.skep.simulation;

import io.skep.port.out.PartitionLog.Proposal;
import io.skep.port.out.Replica;
import io.skep.simulation.Disk.Entry;
import io.skep.simulation.RaftMember.LogObserver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;

/// Brings committed entries to a replica, some of them at a time, and keeps snapshots of what it
/// comes to.
final class Applier {
  private static final int ENTRIES_AT_ONCE = 16;
  private static final long ENTRIES_BETWEEN_SNAPSHOTS = 25;

  private final Machine machine;
  private final SplittableRandom random;
  private final Disk disk;
  private final Replica replica;
  private final LogObserver observer;
  private final Proposals proposals;
  private long committedIndex;
  private long appliedIndex;
  private boolean applying;
  private boolean writingSnapshot;

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
      replica.restore(new ByteArrayInputStream(disk.snapshot));
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
    if (appliedIndex % ENTRIES_BETWEEN_SNAPSHOTS == 0) takeSnapshot();
  }

  private void takeSnapshot() {
    byte[] state = state();
    observer.snapshot(appliedIndex, state);
    if (writingSnapshot) return;
    writingSnapshot = true;
    long index = appliedIndex;
    machine.schedule(
        random.nextLong(300),
        () -> {
          writingSnapshot = false;
          if (index <= disk.lastIndex()) disk.keep(state, index);
        });
  }

  /// What the replica remembers.
  byte[] state() {
    var out = new ByteArrayOutputStream();
    try {
      replica.freeze().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
