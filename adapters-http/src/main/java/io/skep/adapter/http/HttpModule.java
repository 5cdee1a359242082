package io.skep.adapter.http;

import dagger.Binds;
import dagger.BindsOptionalOf;
import dagger.Module;
import dagger.Provides;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.skep.port.in.ClusterPlan;
import io.skep.port.out.GatewayMetrics;
import io.skep.port.out.PartitionMetrics;
import jakarta.inject.Singleton;

/// The Monitoring API and the meters that it shows. Needs [MonitoringSettings], NodeStatus and
/// TopologyQuery, and takes [ClusterPlan] where there is one; offers [MonitoringServer], whose
/// constructor Dagger finds by itself.
@Module
public interface HttpModule {
  @Binds
  PartitionMetrics partitionMetrics(PartitionMeters meters);

  @Binds
  GatewayMetrics gatewayMetrics(GatewayMeters meters);

  @Binds
  MeterRegistry meterRegistry(PrometheusMeterRegistry registry);

  @BindsOptionalOf
  ClusterPlan clusterPlan();

  @Provides
  @Singleton
  static PrometheusMeterRegistry registry() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }
}
