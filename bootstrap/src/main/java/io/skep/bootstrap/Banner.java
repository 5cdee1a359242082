package io.skep.bootstrap;

import io.skep.adapter.grpc.GatewayApiSettings;
import io.skep.bootstrap.config.BrokerConfig;
import io.skep.bootstrap.config.GatewayConfig;
import io.skep.bootstrap.config.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The first lines that a person sees: what answers where, and what to do next.
///
/// @param who such as `broker 0 of zeebe-cluster`
/// @param lines below the first one
record Banner(String who, List<String> lines) {

  static Banner of(BrokerConfig config) {
    var internalApi = config.internalApi();
    var lines = new ArrayList<String>();
    if (config.gatewayEnabled()) {
      lines.add(gateway(config.gatewayApi()));
    }
    lines.add(line("Command API", config.commandApi().port(), "gateways and other brokers"));
    lines.add(line("Internal API", internalApi.port(), "other brokers"));
    lines.add(monitoring(config.monitoring().port()));
    lines.add("Data is in " + internalApi.dataDirectory().normalize());
    lines.add(BrokerMemory.of(config).line());
    lines.add(
        config.gatewayEnabled()
            ? next(config.gatewayApi())
            : "Next: start a gateway that finds it, with ZEEBE_GATEWAY_CLUSTER_INITIALCONTACTPOINTS="
                + internalApi.advertised());
    return new Banner(
        "broker %d of %s".formatted(internalApi.nodeId(), internalApi.clusterName()), lines);
  }

  static Banner of(GatewayConfig config) {
    return new Banner(
        "gateway %s of %s".formatted(config.member().memberId(), config.member().clusterName()),
        List.of(
            gateway(config.gatewayApi()),
            monitoring(config.monitoring().port()),
            "Brokers are looked for at "
                + String.join(
                    ", ", config.member().contactPoints().stream().map(Object::toString).toList()),
            next(config.gatewayApi())));
  }

  /// @param nanos since the start
  String text(long nanos) {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "Skep %s, %s, is up after %.2f s%n", Version.text(), who, nanos * 1e-9));
    for (String line : lines) text.append("  ").append(line).append(System.lineSeparator());
    return text.toString();
  }

  private static String line(String api, int port, String who) {
    return String.format(Locale.ROOT, "%-15s %5d  for %s", api, port, who);
  }

  private static String gateway(GatewayApiSettings settings) {
    String how = settings.credentials() == null ? "plain text" : "TLS";
    return line("Gateway API", settings.port(), "clients and workers, " + how);
  }

  private static String monitoring(int port) {
    return line(
        "Monitoring API", port, "probes: http://localhost:%d/ready and /metrics".formatted(port));
  }

  private static String next(GatewayApiSettings settings) {
    return "Next: point a Zeebe client at %s://localhost:%d and deploy a process. Ctrl-C stops."
        .formatted(settings.credentials() == null ? "http" : "https", settings.port());
  }
}
