package io.skep.bootstrap.config;

import io.skep.domain.cluster.PartitionDistribution;
import io.skep.domain.cluster.PartitionDistribution.Replicas;
import java.util.List;

/// Which broker holds which partition.
final class PartitioningKeys {
  private static final String PREFIX = "zeebe.broker.experimental.partitioning.";
  private static final String FIXED_SCHEME = "FIXED";

  static final Key<String> SCHEME =
      Key.of(
          PREFIX + "scheme",
          ValueType.choice("ROUND_ROBIN", FIXED_SCHEME),
          "ROUND_ROBIN",
          "Whether partitions are spread over brokers in turn, or as `fixed` says; the same on all"
              + " brokers, and not to be changed once there is data");
  static final Key<List<Replicas>> FIXED =
      Key.optional(
          PREFIX + "fixed",
          FixedPartitions.TYPE,
          "none",
          "With scheme FIXED: for each partition its brokers, and of these the one with the highest"
              + " priority should lead; without priorities the first one should");

  static final List<Key<?>> ALL = List.of(SCHEME, FIXED);

  private PartitioningKeys() {}

  /// @throws IllegalArgumentException if what is configured is no distribution
  static PartitionDistribution distribution(Configuration configuration) {
    int clusterSize = configuration.of(BrokerKeys.CLUSTER_SIZE);
    int partitionCount = configuration.of(BrokerKeys.PARTITIONS_COUNT);
    int replicationFactor = configuration.of(BrokerKeys.REPLICATION_FACTOR);
    return isFixed(configuration)
        ? PartitionDistribution.fixed(
            configuration.of(FIXED, List.of()), clusterSize, partitionCount, replicationFactor)
        : PartitionDistribution.roundRobin(clusterSize, partitionCount, replicationFactor);
  }

  static boolean isFixed(Configuration configuration) {
    return configuration.of(SCHEME).equals(FIXED_SCHEME);
  }
}
