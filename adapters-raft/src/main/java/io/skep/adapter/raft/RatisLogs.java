package io.skep.adapter.raft;

import io.skep.domain.cluster.PartitionDistribution.Replicas;
import io.skep.port.out.PartitionLog;
import io.skep.port.out.PartitionLogs;
import io.skep.port.out.Replica;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

@Singleton
final class RatisLogs implements PartitionLogs {
  @Inject
  RatisLogs(InternalApiSettings settings) {}

  @Override
  public PartitionLog open(Replicas partition, Replica replica) {
    throw new UnsupportedOperationException("not there yet");
  }
}
