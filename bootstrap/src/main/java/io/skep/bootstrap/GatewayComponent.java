package io.skep.bootstrap;

import dagger.BindsInstance;
import dagger.Component;
import io.skep.adapter.grpc.GatewayApiServer;
import io.skep.adapter.grpc.GrpcModule;
import io.skep.adapter.http.HttpModule;
import io.skep.adapter.http.MonitoringServer;
import io.skep.adapter.raft.GatewayMemberModule;
import io.skep.adapter.raft.InternalApi;
import io.skep.adapter.sbe.CommandApiClient;
import io.skep.adapter.sbe.SbeModule;
import io.skep.bootstrap.config.GatewayConfig;
import io.skep.port.in.CommandGateway;
import io.skep.port.in.GatewayStatusModule;
import io.skep.port.in.GatewayUseCasesModule;
import io.skep.port.in.NodeStatus;
import io.skep.port.in.StartProgress;
import jakarta.inject.Singleton;

/// Everything a gateway without a broker is made of.
@Singleton
@Component(
    modules = {
      GatewaySettingsModule.class,
      SystemModule.class,
      GatewayUseCasesModule.class,
      GatewayStatusModule.class,
      GrpcModule.class,
      SbeModule.class,
      GatewayMemberModule.class,
      HttpModule.class
    })
interface GatewayComponent {
  MonitoringServer monitoring();

  InternalApi internalApi();

  CommandApiClient commandApiClient();

  GatewayApiServer gatewayApi();

  CommandGateway gateway();

  ThreadScheduler scheduler();

  StartProgress progress();

  NodeStatus status();

  @Component.Factory
  interface Factory {
    GatewayComponent create(@BindsInstance GatewayConfig config);
  }
}
