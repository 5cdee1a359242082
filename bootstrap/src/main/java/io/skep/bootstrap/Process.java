package io.skep.bootstrap;

import io.skep.adapter.grpc.GatewayApiServer;
import io.skep.bootstrap.config.BrokerConfig;
import io.skep.bootstrap.config.GatewayConfig;
import io.skep.port.in.NodeStatus;

/// A broker or a gateway that can be started and stopped once.
///
/// @param banner what to tell whoever starts it
/// @param afterwards what may be done once everything is started; must not wait
record Process(Steps steps, NodeStatus status, Banner banner, Runnable afterwards) {

  /// Monitoring comes first, so that probes are told what is still missing, and clients come last.
  /// The stop goes backwards: listeners, then what they have taken on, then the logs.
  static Process of(BrokerConfig config, BrokerComponent broker) {
    var steps =
        new Steps(broker.progress())
            .then("scheduler", () -> {}, broker.scheduler()::stop)
            .then(
                "monitoringApi",
                () -> broker.monitoring().start(),
                () -> broker.monitoring().stop())
            .then("recordLog", () -> broker.records().start(), () -> broker.records().stop())
            .then(
                "internalApi",
                () -> broker.internalApi().start(),
                () -> broker.internalApi().stop())
            .abandoning(() -> broker.internalApi().abandonStart())
            .then("commandApiClient", () -> {}, () -> broker.commandApiClient().stop())
            .then("partitions", () -> broker.node().start(), () -> broker.node().stop())
            .then(
                "commandApi", () -> broker.commandApi().start(), () -> broker.commandApi().stop());
    if (config.gatewayEnabled()) {
      steps.then(
          "gatewayApi",
          () -> broker.gatewayApi().get().start(),
          () -> broker.gatewayApi().get().stop());
    }
    return new Process(
        steps, broker.status(), Banner.of(config), new WarmUp(broker.reader())::start);
  }

  static Process of(GatewayConfig config, GatewayComponent gateway) {
    GatewayApiServer gatewayApi = gateway.gatewayApi();
    var steps =
        new Steps(gateway.progress())
            .then("scheduler", () -> {}, gateway.scheduler()::stop)
            .then(
                "monitoringApi",
                () -> gateway.monitoring().start(),
                () -> gateway.monitoring().stop())
            .then(
                "internalApi",
                () -> gateway.internalApi().start(),
                () -> gateway.internalApi().stop())
            .then("commandApiClient", () -> {}, () -> gateway.commandApiClient().stop())
            .then("gatewayApi", gatewayApi::start, gatewayApi::stop);
    return new Process(steps, gateway.status(), Banner.of(config), () -> {});
  }
}
