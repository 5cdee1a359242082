package io.skep.port.in;

import java.util.List;

/// How this process is.
public interface NodeStatus {

  /// Whether the start is through. Once true it stays true.
  Report startup();

  /// Whether it can serve.
  Report readiness();

  /// Whether every part of it is well.
  Report health();

  /// Whether it makes sense to let it run on.
  Report liveness();

  /// What each of this broker's partitions does; empty on a gateway.
  List<PartitionReport> partitions();

  /// The disks that are watched; empty on a gateway.
  List<DiskReport> disks();

  /// @param checks in a fixed order; the report is good if all of them are
  record Report(List<Check> checks) {
    public boolean isUp() {
      return checks.stream().allMatch(Check::isUp);
    }
  }

  /// @param name in camel case
  /// @param detail says what is missing, empty if nothing is
  record Check(String name, boolean isUp, String detail) {}

  /// @param role LEADER, FOLLOWER or INACTIVE
  record PartitionReport(
      int partitionId,
      String role,
      long term,
      long processedPosition,
      long committedIndex,
      long appliedIndex,
      long snapshotIndex,
      boolean healthy) {}

  /// @param freeBytes as of the last look
  /// @param processingBytes how much must be free for commands to be taken
  /// @param replicationBytes how much must be free for what leaders send to be taken
  record DiskReport(
      String directory,
      long freeBytes,
      long processingBytes,
      long replicationBytes,
      boolean enoughToProcess,
      boolean enoughToReplicate) {}
}
