package io.skep.port.in;

import io.skep.port.in.NodeStatus.PartitionReport;
import java.util.List;

/// Tells what the partitions of this broker do.
public interface PartitionStatuses {

  /// One for each partition that this broker should hold, in the order of their ids; those that are
  /// not open yet are INACTIVE. Cheap, and called on any thread.
  List<PartitionReport> all();
}
