package io.skep.adapter.raft.state;

import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;

/// Which records no longer count, though older files hold them: for each key, the number of the
/// file that it ended with.
final class Tombstones {
  private static final long NONE = -1;
  private final Long2LongHashMap endedWith = new Long2LongHashMap(NONE);

  int count() {
    return endedWith.size();
  }

  /// What a file of this number tells of ended keys, as far as files that stay may hold them.
  void add(long[] ended, int sequence, List<FileEntry> staying) {
    for (long key : ended) addIfNeeded(key, sequence, staying);
  }

  /// Takes over what a file tells that will be gone, as far as files that stay may need it.
  void carryOver(ByteBuffer tombstones, List<FileEntry> staying) {
    while (tombstones.hasRemaining())
      addIfNeeded(tombstones.getLong(), tombstones.getInt(), staying);
  }

  private void addIfNeeded(long key, int sequence, List<FileEntry> staying) {
    for (FileEntry file : staying) {
      if (file.sequence() < sequence && file.mayHold(key)) {
        endedWith.put(key, Math.max(sequence, endedWith.get(key)));
        return;
      }
    }
  }

  void forEach(Visitor visitor) {
    endedWith.forEachLong(visitor::visit);
  }

  /// Looks at one of them.
  interface Visitor {
    void visit(long key, long endedWith);
  }
}
