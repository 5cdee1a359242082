package io.skep.bootstrap;

import dagger.BindsInstance;
import dagger.Component;
import dagger.Lazy;
import io.skep.adapter.bpmn.BpmnModule;
import io.skep.adapter.export.ExportModule;
import io.skep.adapter.export.RecordLog;
import io.skep.adapter.grpc.GatewayApiServer;
import io.skep.adapter.grpc.GrpcModule;
import io.skep.adapter.http.HttpModule;
import io.skep.adapter.http.MonitoringServer;
import io.skep.adapter.raft.InternalApi;
import io.skep.adapter.raft.RaftModule;
import io.skep.adapter.sbe.CommandApiClient;
import io.skep.adapter.sbe.CommandApiServer;
import io.skep.adapter.sbe.SbeModule;
import io.skep.bootstrap.config.BrokerConfig;
import io.skep.domain.expression.ProcessReader;
import io.skep.port.in.BrokerUseCasesModule;
import io.skep.port.in.CommandGateway;
import io.skep.port.in.GatewayUseCasesModule;
import io.skep.port.in.Node;
import io.skep.port.in.NodeStatus;
import io.skep.port.in.StartProgress;
import jakarta.inject.Singleton;

/// Everything a broker is made of. [GatewayComponent] is its sibling; [Main] picks one by role.
@Singleton
@Component(
    modules = {
      BrokerSettingsModule.class,
      SystemModule.class,
      BrokerUseCasesModule.class,
      GatewayUseCasesModule.class,
      GrpcModule.class,
      SbeModule.class,
      RaftModule.class,
      HttpModule.class,
      BpmnModule.class,
      ExportModule.class
    })
interface BrokerComponent {
  MonitoringServer monitoring();

  InternalApi internalApi();

  RecordLog records();

  Node node();

  CommandApiServer commandApi();

  CommandApiClient commandApiClient();

  /// Not made where the gateway is switched off.
  Lazy<GatewayApiServer> gatewayApi();

  CommandGateway gateway();

  ThreadScheduler scheduler();

  StartProgress progress();

  NodeStatus status();

  ProcessReader reader();

  @Component.Factory
  interface Factory {
    BrokerComponent create(@BindsInstance BrokerConfig config);
  }
}
