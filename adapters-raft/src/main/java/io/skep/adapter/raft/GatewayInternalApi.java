package io.skep.adapter.raft;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

@Singleton
final class GatewayInternalApi implements InternalApi {
  @Inject
  GatewayInternalApi(GatewayMemberSettings settings) {}

  @Override
  public void start() {}

  @Override
  public void stop() {}

  @Override
  public int port() {
    return 0;
  }
}
