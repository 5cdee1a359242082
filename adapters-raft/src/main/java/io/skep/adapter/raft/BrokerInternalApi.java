package io.skep.adapter.raft;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

@Singleton
final class BrokerInternalApi implements InternalApi {
  @Inject
  BrokerInternalApi(InternalApiSettings settings) {}

  @Override
  public void start() {
    throw new UnsupportedOperationException("not there yet");
  }

  @Override
  public void stop() {}

  @Override
  public int port() {
    return 0;
  }
}
