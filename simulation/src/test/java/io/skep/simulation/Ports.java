package io.skep.simulation;

import dagger.Module;
import dagger.Provides;
import io.skep.domain.expression.ProcessReader;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.Clock;
import io.skep.port.out.GatewayMetrics;
import io.skep.port.out.LogCodec;
import io.skep.port.out.Membership;
import io.skep.port.out.OperatorLog;
import io.skep.port.out.PartitionLogs;
import io.skep.port.out.PartitionMetrics;
import io.skep.port.out.RecordSink;
import io.skep.port.out.Scheduler;

/// What a process has in place of all adapters.
///
/// @param logs `null` for a gateway, as are the three after it
record Ports(
    Clock clock,
    Scheduler scheduler,
    Membership membership,
    BrokerClient brokers,
    PartitionLogs logs,
    LogCodec codec,
    ProcessReader reader,
    RecordSink records,
    OperatorLog log) {

  /// Hands them to the use cases.
  @Module
  interface PortsModule {
    @Provides
    static Clock clock(Ports ports) {
      return ports.clock;
    }

    @Provides
    static Scheduler scheduler(Ports ports) {
      return ports.scheduler;
    }

    @Provides
    static Membership membership(Ports ports) {
      return ports.membership;
    }

    @Provides
    static BrokerClient brokers(Ports ports) {
      return ports.brokers;
    }

    @Provides
    static PartitionLogs logs(Ports ports) {
      return ports.logs;
    }

    @Provides
    static LogCodec codec(Ports ports) {
      return ports.codec;
    }

    @Provides
    static ProcessReader reader(Ports ports) {
      return ports.reader;
    }

    @Provides
    static RecordSink records(Ports ports) {
      return ports.records;
    }

    @Provides
    static OperatorLog log(Ports ports) {
      return ports.log;
    }

    @Provides
    static PartitionMetrics partitionMetrics() {
      return new NoMetrics();
    }

    @Provides
    static GatewayMetrics gatewayMetrics() {
      return new NoMetrics();
    }
  }
}
