package io.skep.adapter.raft;

import dagger.Binds;
import dagger.Module;
import dagger.Provides;
import io.skep.port.out.Membership;
import jakarta.inject.Singleton;

/// The place in the cluster of a gateway without a broker. Needs [GatewayMemberSettings].
@Module
public interface GatewayMemberModule {
  @Binds
  InternalApi internalApi(GatewayInternalApi api);

  @Binds
  Membership membership(ClusterMembership membership);

  @Provides
  @Singleton
  static ClusterMembership clusterMembership() {
    return new ClusterMembership(null);
  }
}
