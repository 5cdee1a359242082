package io.skep.port.in;

import dagger.Binds;
import dagger.Module;

/// How a gateway without a broker is. Needs what [GatewayUseCasesModule] offers, and a clock.
@Module
public interface GatewayStatusModule {
  @Binds
  NodeStatus nodeStatus(GatewayStatusUseCase useCase);
}
