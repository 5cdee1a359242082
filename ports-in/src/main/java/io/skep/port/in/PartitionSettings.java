package io.skep.port.in;

import io.skep.domain.cluster.PartitionDistribution;
import java.time.Duration;

/// How a broker runs its partitions.
///
/// @param nodeId of this broker, 0 to the cluster size minus 1
/// @param distribution which broker holds what
/// @param limit how many commands of clients a partition may have that are not answered
/// @param residentLimit how many process instances, messages and subscriptions to messages a
///   partition may keep in memory that are not in use, 0 or more
/// @param drainTimeout how long a stop waits for what is in flight
public record PartitionSettings(
    int nodeId,
    int clusterSize,
    int partitionCount,
    int replicationFactor,
    PartitionDistribution distribution,
    LimitSettings limit,
    int residentLimit,
    Duration drainTimeout) {

  /// So many instances take about 100 MB.
  public static final int RESIDENT_LIMIT = 50_000;

  /// With partitions spread round robin, and a limit that stays where it is.
  public PartitionSettings(
      int nodeId,
      int clusterSize,
      int partitionCount,
      int replicationFactor,
      int maxInFlight,
      Duration drainTimeout) {
    this(
        nodeId,
        clusterSize,
        partitionCount,
        replicationFactor,
        PartitionDistribution.roundRobin(clusterSize, partitionCount, replicationFactor),
        LimitSettings.fixed(maxInFlight),
        RESIDENT_LIMIT,
        drainTimeout);
  }
}
