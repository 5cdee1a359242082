package io.skep.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.skep.adapter.grpc.GatewayApiSettings;
import io.skep.adapter.http.MonitoringSettings;
import io.skep.adapter.raft.GatewayMemberSettings;
import io.skep.adapter.sbe.CommandApiSettings;
import io.skep.bootstrap.config.GatewayConfig;
import io.skep.port.in.GatewaySettings;

/// Hands each part of a gateway its settings.
@Module
interface GatewaySettingsModule {
  @Provides
  static GatewaySettings gateway(GatewayConfig config) {
    return config.gateway();
  }

  @Provides
  static GatewayApiSettings gatewayApi(GatewayConfig config) {
    return config.gatewayApi();
  }

  @Provides
  static CommandApiSettings commandApi(GatewayConfig config) {
    return config.commandApi();
  }

  @Provides
  static GatewayMemberSettings member(GatewayConfig config) {
    return config.member();
  }

  @Provides
  static MonitoringSettings monitoring(GatewayConfig config) {
    return config.monitoring();
  }
}
