package io.skep.simulation;

import io.skep.port.out.CheckpointStore.Image;
import io.skep.simulation.Disk.Entry;
import java.util.List;

/// What the replicas of a partition say to each other.
sealed interface RaftMessage {
  long term();

  int from();

  /// Asks for a vote.
  record Vote(long term, int from, long lastIndex, long lastTerm) implements RaftMessage {}

  record Voted(long term, int from, boolean granted) implements RaftMessage {}

  /// @param previousIndex of the entry before those that come
  record Append(
      long term,
      int from,
      long previousIndex,
      long previousTerm,
      List<Entry> entries,
      long committedIndex)
      implements RaftMessage {}

  /// @param index up to which it has and has synced what the leader has; or, if it was refused,
  ///   where the leader may try next
  record Appended(long term, int from, boolean accepted, long index) implements RaftMessage {}

  /// The leader wants this one to lead.
  record Lead(long term, int from) implements RaftMessage {}

  /// A snapshot, since the entries are gone.
  record Install(long term, int from, long index, long indexTerm, Image snapshot)
      implements RaftMessage {}
}
