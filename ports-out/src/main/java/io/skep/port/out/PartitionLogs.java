package io.skep.port.out;

import io.skep.domain.cluster.PartitionDistribution.Replicas;

/// The replicated logs of this broker.
public interface PartitionLogs {

  /// Opens this broker's replica of a partition: restores the newest snapshot, applies what the log
  /// has beyond it, and takes part in elections. Returns once the replica takes part; it may still
  /// be catching up.
  ///
  /// @throws LogException if what is on disk cannot be used; the message names the file and the way
  ///   out
  PartitionLog open(Replicas partition, Replica replica);
}
