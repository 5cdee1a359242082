package io.skep.simulation;

import io.skep.port.out.CheckpointStore;
import io.skep.port.out.CheckpointStore.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What a broker has on disk of one partition. Survives the process, but for what was written and
/// not synced: of that any part from the end may be lost or torn.
final class Disk {
  /// So many entries stay behind a snapshot, for followers that are a little behind.
  private static final int KEPT = 8;

  private final List<Entry> entries = new ArrayList<>();
  private long baseIndex;
  private long baseTerm;
  long term;
  int votedFor = -1;

  /// Up to here all is safe.
  long syncedIndex;

  /// Grows whenever entries are taken back, so that what was being synced may be others now.
  long rewritten;

  /// What checkpoints have stored.
  final CheckpointStore store = new CheckpointStore();

  /// All of that as of the newest, `null` if there is none.
  Image snapshot;

  long snapshotIndex;

  /// @param content `null` for the entry by which a leader begins
  record Entry(long term, byte[] content) {}

  /// Entries up to here are gone, since they are part of the snapshot.
  long baseIndex() {
    return baseIndex;
  }

  long lastIndex() {
    return baseIndex + entries.size();
  }

  long lastTerm() {
    return termAt(lastIndex());
  }

  /// @param index from [#baseIndex] to [#lastIndex]
  long termAt(long index) {
    return index == baseIndex ? baseTerm : at(index).term;
  }

  Entry at(long index) {
    return entries.get((int) (index - baseIndex - 1));
  }

  List<Entry> from(long index, int limit) {
    int first = (int) (index - baseIndex - 1);
    return List.copyOf(entries.subList(first, Math.min(entries.size(), first + limit)));
  }

  void append(Entry entry) {
    entries.add(entry);
  }

  void truncateFrom(long index) {
    entries.subList((int) (index - baseIndex - 1), entries.size()).clear();
    syncedIndex = Math.min(syncedIndex, index - 1);
    rewritten++;
  }

  /// Keeps a snapshot that this broker made, and drops entries that it holds.
  void keep(Image image, long index) {
    if (index <= snapshotIndex) return;
    snapshot = image;
    snapshotIndex = index;
    long newBase = Math.max(baseIndex, index - KEPT);
    baseTerm = termAt(newBase);
    entries.subList(0, (int) (newBase - baseIndex)).clear();
    baseIndex = newBase;
    // What the snapshot holds is safe, whatever becomes of its entries.
    syncedIndex = Math.max(syncedIndex, index);
  }

  /// Replaces everything by a snapshot of the leader.
  void install(Image image, long index, long indexTerm) {
    store.install(image);
    snapshot = image;
    snapshotIndex = index;
    entries.clear();
    baseIndex = index;
    baseTerm = indexTerm;
    syncedIndex = index;
    rewritten++;
  }

  /// The process or the machine dies.
  ///
  /// @return how many entries are lost
  long crash(SplittableRandom random) {
    store.crash();
    long unsynced = lastIndex() - syncedIndex;
    if (unsynced <= 0) return 0;
    long written = random.nextLong(unsynced + 1);
    truncateFrom(syncedIndex + written + 1);
    syncedIndex = lastIndex();
    return unsynced - written;
  }
}
