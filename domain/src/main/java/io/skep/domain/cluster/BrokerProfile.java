package io.skep.domain.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a broker tells all members of itself.
///
/// @param clusterSize how many brokers it has been told there should be; so with the counts below
/// @param partitions in the order of their ids
public record BrokerProfile(
    int nodeId,
    Address commandApi,
    String version,
    int clusterSize,
    int partitionCount,
    int replicationFactor,
    List<PartitionState> partitions) {

  /// The same broker, with news of a partition.
  public BrokerProfile with(PartitionState state) {
    var changed = new ArrayList<>(partitions);
    changed.removeIf(partition -> partition.partitionId() == state.partitionId());
    changed.add(state);
    changed.sort(Comparator.comparingInt(PartitionState::partitionId));
    return new BrokerProfile(
        nodeId,
        commandApi,
        version,
        clusterSize,
        partitionCount,
        replicationFactor,
        List.copyOf(changed));
  }

  /// Whether both have been told the same of the cluster.
  public boolean hasSameClusterAs(BrokerProfile other) {
    return clusterSize == other.clusterSize
        && partitionCount == other.partitionCount
        && replicationFactor == other.replicationFactor;
  }

  Broker broker() {
    return new Broker(nodeId, commandApi, version, partitions);
  }
}
