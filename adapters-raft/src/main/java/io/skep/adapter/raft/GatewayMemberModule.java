package io.skep.adapter.raft;

import dagger.Binds;
import dagger.Module;
import io.skep.port.out.Membership;

/// The place in the cluster of a gateway without a broker. Needs [GatewayMemberSettings].
@Module
public interface GatewayMemberModule {
  @Binds
  InternalApi internalApi(GatewayInternalApi api);

  @Binds
  Membership membership(GatewayMembership membership);
}
