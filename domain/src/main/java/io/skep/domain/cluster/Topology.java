package io.skep.domain.cluster;

import java.util.List;

/// Who leads and follows what, as far as this member knows. May be behind.
///
/// @param brokers in the order of their ids, those that are alive
/// @param clusterSize how many brokers there should be; this and the counts below are 0 while no
///   broker is known
public record Topology(
    List<Broker> brokers, int clusterSize, int partitionCount, int replicationFactor) {

  public static Topology unknown() {
    return new Topology(List.of(), 0, 0, 0);
  }

  /// The leader of the highest term, or `null` if none is known.
  public Broker leaderOf(int partitionId) {
    Broker leader = null;
    long term = Long.MIN_VALUE;
    for (Broker broker : brokers) {
      for (PartitionState partition : broker.partitions()) {
        if (partition.partitionId() == partitionId
            && partition.role() == PartitionRole.LEADER
            && partition.term() > term) {
          leader = broker;
          term = partition.term();
        }
      }
    }
    return leader;
  }

  /// The broker of this id, or `null` if it is not known.
  public Broker broker(int nodeId) {
    for (Broker broker : brokers) if (broker.nodeId() == nodeId) return broker;
    return null;
  }
}
