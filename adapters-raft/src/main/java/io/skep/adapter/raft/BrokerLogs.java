package io.skep.adapter.raft;

import io.skep.adapter.raft.disk.Disk;
import io.skep.domain.cluster.PartitionDistribution.Replicas;
import io.skep.port.out.PartitionLog;
import io.skep.port.out.PartitionLogs;
import io.skep.port.out.Replica;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Opens this broker's partitions: in Ratis' server those that others have copies of, the rest
/// without it.
@Singleton
final class BrokerLogs implements PartitionLogs {
  private final InternalApiSettings settings;
  private final BrokerInternalApi api;
  private final Disk disk;

  @Inject
  BrokerLogs(InternalApiSettings settings, BrokerInternalApi api) {
    this(settings, api, Disk.REAL);
  }

  /// @param disk where logs are that Ratis does not write
  BrokerLogs(InternalApiSettings settings, BrokerInternalApi api, Disk disk) {
    this.settings = settings;
    this.api = api;
    this.disk = disk;
  }

  @Override
  public PartitionLog open(Replicas partition, Replica replica) {
    RunningApi running = api.running();
    running.admission().await();
    return partition.members().size() > 1
        ? RatisPartitionLog.open(partition, replica, settings, running)
        : SingleReplicaLog.open(partition, replica, settings, running, disk);
  }
}
