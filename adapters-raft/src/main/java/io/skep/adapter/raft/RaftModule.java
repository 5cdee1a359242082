package io.skep.adapter.raft;

import dagger.Binds;
import dagger.Module;
import io.skep.port.out.Membership;
import io.skep.port.out.PartitionLogs;

/// A broker's replicated logs and its place in the cluster. Needs [InternalApiSettings].
@Module
public interface RaftModule {
  @Binds
  InternalApi internalApi(BrokerInternalApi api);

  @Binds
  PartitionLogs partitionLogs(RatisLogs logs);

  @Binds
  Membership membership(BrokerMembership membership);

  @Binds
  PeerAddresses peerAddresses(BrokerMembership membership);
}
