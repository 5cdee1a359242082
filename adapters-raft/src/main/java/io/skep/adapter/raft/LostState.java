package io.skep.adapter.raft;

import io.skep.adapter.raft.log.SegmentName;
import io.skep.port.out.LogException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;

/// Whether something is missing between a partition's snapshots and its log, and what to do then.
///
/// @param snapshots the directory where they are
record LostState(RaftStorage storage, Path snapshots, int partitionId) {
  /// What to do if a part of the partition is damaged.
  static String wayOut(RaftStorage storage, int partitionId) {
    return wayOut(storage.getStorageDir().getRoot().toPath(), partitionId);
  }

  private static String wayOut(Path directory, int partitionId) {
    return ("Restore '%s' from a backup; or, if the partition's other replicas are complete, remove it together with the"
            + " line 'partition.%d' in broker.properties, and it is fetched from them")
        .formatted(directory, partitionId);
  }

  /// What to say if the partition could not be opened for a reason that nobody has explained.
  ///
  /// @param directory of the partition
  static LogException cannotOpen(Path directory, int partitionId, Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) cause = cause.getCause();
    return new LogException(
        "Expected to open the log of partition %d in '%s', but: %s. %s"
            .formatted(
                partitionId,
                directory,
                cause.getMessage() == null ? cause : cause.getMessage(),
                wayOut(directory, partitionId)),
        failure);
  }

  /// @param restored as of when a snapshot was restored, or `null` if none was
  /// @param problems why others were not, with their files
  /// @param stateUnknown whether the replica has seen a part of a snapshot and not the rest
  /// @throws LogException if the log does not go on from there
  void checkLogGoesOnFrom(TermIndex restored, List<String> problems, boolean stateUnknown)
      throws IOException {
    long next = restored == null ? 0 : restored.getIndex() + 1;
    var segments = SegmentName.allIn(storage.getStorageDir().getCurrentDir().toPath());
    boolean empty = segments.isEmpty();
    long first = empty ? next : segments.getFirst().first();
    boolean mayMissEntries = empty && !problems.isEmpty();
    if (first <= next && !mayMissEntries && !stateUnknown) return;
    throw new LogException(
        "Expected a snapshot of partition %d in '%s' that the log, which begins at %s, goes on from, but %s. %s"
            .formatted(
                partitionId,
                snapshots,
                empty ? "nowhere" : "index " + first,
                problems.isEmpty() ? "there is none" : String.join("; ", problems),
                wayOut(storage, partitionId)),
        null);
  }
}
