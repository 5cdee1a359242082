package io.skep.adapter.raft;

import io.skep.domain.cluster.PartitionDistribution.Replicas;
import io.skep.port.out.PartitionLog;
import io.skep.port.out.PartitionLogs;
import io.skep.port.out.Replica;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Opens partitions in the server of the internal API.
@Singleton
final class RatisLogs implements PartitionLogs {
  private final InternalApiSettings settings;
  private final BrokerInternalApi api;

  @Inject
  RatisLogs(InternalApiSettings settings, BrokerInternalApi api) {
    this.settings = settings;
    this.api = api;
  }

  @Override
  public PartitionLog open(Replicas partition, Replica replica) {
    RunningApi running = api.running();
    running.admission().await();
    return RatisPartitionLog.open(partition, replica, settings, running);
  }
}
