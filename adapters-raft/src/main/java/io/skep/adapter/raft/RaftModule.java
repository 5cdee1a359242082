package io.skep.adapter.raft;

import dagger.Binds;
import dagger.Module;
import dagger.Provides;
import io.skep.port.out.DataDisk;
import io.skep.port.out.Membership;
import io.skep.port.out.PartitionLogs;
import jakarta.inject.Singleton;

/// A broker's replicated logs and its place in the cluster. Needs [InternalApiSettings] and
/// [io.skep.port.in.DiskRoom].
@Module
public interface RaftModule {
  @Binds
  InternalApi internalApi(BrokerInternalApi api);

  @Binds
  PartitionLogs partitionLogs(BrokerLogs logs);

  @Binds
  Membership membership(ClusterMembership membership);

  @Binds
  PeerAddresses peerAddresses(ClusterMembership membership);

  @Binds
  DataDisk dataDisk(DataDirectory directory);

  @Provides
  @Singleton
  static ClusterMembership clusterMembership(InternalApiSettings settings) {
    return new ClusterMembership(ClusterMembership.profile(settings));
  }
}
