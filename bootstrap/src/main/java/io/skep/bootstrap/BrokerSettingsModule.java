package io.skep.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.skep.adapter.export.RecordLogSettings;
import io.skep.adapter.grpc.GatewayApiSettings;
import io.skep.adapter.http.MonitoringSettings;
import io.skep.adapter.raft.InternalApiSettings;
import io.skep.adapter.sbe.CommandApiSettings;
import io.skep.bootstrap.config.BrokerConfig;
import io.skep.port.in.DiskSettings;
import io.skep.port.in.GatewaySettings;
import io.skep.port.in.PartitionSettings;

/// Hands each part of a broker its settings.
@Module
interface BrokerSettingsModule {
  @Provides
  static GatewaySettings gateway(BrokerConfig config) {
    return config.gateway();
  }

  @Provides
  static GatewayApiSettings gatewayApi(BrokerConfig config) {
    return config.gatewayApi();
  }

  @Provides
  static CommandApiSettings commandApi(BrokerConfig config) {
    return config.commandApi();
  }

  @Provides
  static InternalApiSettings internalApi(BrokerConfig config) {
    return config.internalApi();
  }

  @Provides
  static MonitoringSettings monitoring(BrokerConfig config) {
    return config.monitoring();
  }

  @Provides
  static PartitionSettings partitions(BrokerConfig config) {
    return config.partitions();
  }

  @Provides
  static DiskSettings disk(BrokerConfig config) {
    return config.disk();
  }

  @Provides
  static RecordLogSettings records(BrokerConfig config) {
    return config.records();
  }
}
