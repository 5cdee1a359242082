package io.skep.port.in;

import dagger.Binds;
import dagger.Module;

/// What a gateway offers. Needs [GatewaySettings] and the ports BrokerClient, Membership,
/// Scheduler, Clock and GatewayMetrics.
@Module
public interface GatewayUseCasesModule {

  @Binds
  CommandGateway commandGateway(CommandGatewayUseCase useCase);

  @Binds
  JobActivation jobActivation(JobActivationUseCase useCase);

  @Binds
  JobStreaming jobStreaming(JobStreamingUseCase useCase);

  @Binds
  TopologyQuery topologyQuery(TopologyQueryUseCase useCase);
}
