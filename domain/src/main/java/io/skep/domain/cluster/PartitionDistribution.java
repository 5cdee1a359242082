package io.skep.domain.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Which broker should hold which replica.
///
/// @param partitions in the order of their ids, from 1
public record PartitionDistribution(List<Replicas> partitions) {

  /// @param members one for each replica; the one with the highest priority should lead
  public record Replicas(int partitionId, List<Replica> members) {

    /// Of these brokers, the one that should rather lead than the others: the one with the highest
    /// priority. Empty if none of them should hold a replica.
    public OptionalInt leaderAmong(Collection<Integer> nodeIds) {
      Replica best = null;
      for (Replica member : members) {
        if (nodeIds.contains(member.nodeId())
            && (best == null || member.priority() > best.priority())) best = member;
      }
      return best == null ? OptionalInt.empty() : OptionalInt.of(best.nodeId());
    }
  }

  /// @param priority 1 or more
  public record Replica(int nodeId, int priority) {}

  /// Spreads replicas round robin, so that each broker leads and follows its share.
  ///
  /// Zeebe's rule: partition p starts at broker (p - 1) mod size with the highest priority; the
  /// others follow in order, with falling priorities in even rounds and rising ones in odd rounds,
  /// so that the partitions of a dead broker find their next leader on different survivors.
  ///
  /// @throws IllegalArgumentException if a count is below 1 or there are more replicas than brokers
  public static PartitionDistribution roundRobin(
      int clusterSize, int partitionCount, int replicationFactor) {
    if (clusterSize < 1
        || partitionCount < 1
        || replicationFactor < 1
        || replicationFactor > clusterSize) {
      throw new IllegalArgumentException(
          "Expected at least one broker, partition and replica, and no more replicas than brokers, but there are %d, %d and %d"
              .formatted(clusterSize, partitionCount, replicationFactor));
    }
    var partitions = new ArrayList<Replicas>(partitionCount);
    for (int p = 0; p < partitionCount; p++) {
      boolean falling = p / clusterSize % 2 == 0;
      var members = new ArrayList<Replica>(replicationFactor);
      members.add(new Replica(p % clusterSize, replicationFactor));
      for (int j = 1; j < replicationFactor; j++) {
        members.add(new Replica((p + j) % clusterSize, falling ? replicationFactor - j : j));
      }
      partitions.add(new Replicas(p + 1, List.copyOf(members)));
    }
    return new PartitionDistribution(List.copyOf(partitions));
  }

  /// Takes a distribution that somebody has thought of.
  ///
  /// @throws IllegalArgumentException if it is not one of these partitions over these brokers
  public static PartitionDistribution fixed(
      List<Replicas> partitions, int clusterSize, int partitionCount, int replicationFactor) {
    var byId = new TreeMap<Integer, Replicas>();
    for (Replicas partition : partitions) {
      int id = partition.partitionId();
      if (id < 1 || id > partitionCount) {
        throw new IllegalArgumentException(
            "Expected partitions 1 to %d, but there is a partition %d"
                .formatted(partitionCount, id));
      }
      if (byId.put(id, partition) != null) {
        throw new IllegalArgumentException(
            "Expected each partition once, but partition %d is there twice".formatted(id));
      }
      check(partition, clusterSize, replicationFactor);
    }
    for (int id = 1; id <= partitionCount; id++) {
      if (!byId.containsKey(id)) {
        throw new IllegalArgumentException(
            "Expected partitions 1 to %d, but partition %d is not there"
                .formatted(partitionCount, id));
      }
    }
    return new PartitionDistribution(List.copyOf(byId.values()));
  }

  private static void check(Replicas partition, int clusterSize, int replicationFactor) {
    var nodes = partition.members().stream().map(Replica::nodeId).distinct().sorted().toList();
    boolean exist = nodes.stream().allMatch(nodeId -> nodeId >= 0 && nodeId < clusterSize);
    if (!exist || nodes.size() != replicationFactor || partition.members().size() != nodes.size()) {
      throw new IllegalArgumentException(
          "Expected partition %d on %d different brokers of 0 to %d, but it is on %s"
              .formatted(
                  partition.partitionId(),
                  replicationFactor,
                  clusterSize - 1,
                  partition.members().stream().map(Replica::nodeId).toList()));
    }
  }

  /// The replicas that a broker should hold.
  public List<Replicas> of(int nodeId) {
    return partitions.stream()
        .filter(
            partition -> partition.members().stream().anyMatch(member -> member.nodeId() == nodeId))
        .toList();
  }
}
