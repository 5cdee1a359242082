package io.skep.port.in;

import io.skep.domain.cluster.PartitionDistribution;

/// What the cluster should look like, as brokers are told by their configuration.
public interface ClusterPlan {

  /// Which broker should hold which replica, and who should rather lead.
  PartitionDistribution distribution();

  /// Gives the leads of this broker to those that should rather have them, as far as they have
  /// caught up. Brokers do so by themselves after some seconds; this does not wait. Returns before
  /// it is done.
  void rebalance();
}
