package io.skep.domain.cluster;

/// What a broker is to a partition.
public enum PartitionRole {
  LEADER,
  FOLLOWER,
  /// It holds a replica that does not take part now.
  INACTIVE
}
