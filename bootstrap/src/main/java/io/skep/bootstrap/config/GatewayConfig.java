package io.skep.bootstrap.config;

import io.skep.adapter.grpc.CallLimits;
import io.skep.adapter.grpc.GatewayApiSettings;
import io.skep.adapter.http.MonitoringSettings;
import io.skep.adapter.http.MonitoringSettings.Property;
import io.skep.adapter.raft.GatewayMemberSettings;
import io.skep.adapter.sbe.CommandApiSettings;
import io.skep.port.in.GatewaySettings;
import io.skep.port.in.GatewaySettings.LongPolling;
import io.skep.port.out.Credentials;
import java.time.Duration;

/// The settings of every part of a gateway without a broker.
public record GatewayConfig(
    GatewaySettings gateway,
    GatewayApiSettings gatewayApi,
    CommandApiSettings commandApi,
    GatewayMemberSettings member,
    MonitoringSettings monitoring) {

  static final int DEFAULT_MESSAGE_BYTES = 4 << 20;

  private static final Duration STOP_GRACE = Duration.ofSeconds(5);

  public static GatewayConfig of(Configuration configuration) {
    GatewayKeys keys = GatewayKeys.STANDALONE;
    String host = configuration.of(keys.host);
    Credentials ofMembers = SecurityKeys.GATEWAY_CLUSTER.credentials(configuration);
    return new GatewayConfig(
        gateway(configuration, keys),
        gatewayApi(
            configuration,
            keys,
            host,
            port(configuration, keys.port),
            SecurityKeys.GATEWAY.credentials(configuration)),
        // It only calls: where it would listen does not matter.
        CommandApiSettings.of(
                configuration.of(GatewayKeys.CLUSTER_NAME),
                configuration.of(GatewayKeys.MEMBER_ID),
                CommandApiSettings.NO_BROKER,
                host,
                0,
                configuration.of(keys.maxMessageSize))
            .with(ofMembers),
        new GatewayMemberSettings(
            configuration.of(GatewayKeys.CLUSTER_NAME),
            configuration.of(GatewayKeys.MEMBER_ID),
            configuration.of(GatewayKeys.CONTACT_POINTS),
            Version.text(),
            ofMembers),
        monitoring(
            configuration,
            configuration.of(GatewayKeys.MONITORING_HOST, host),
            port(configuration, GatewayKeys.MONITORING_PORT),
            GatewayKeys.MONITORING_PORT));
  }

  static GatewaySettings gateway(Configuration configuration, GatewayKeys keys) {
    return new GatewaySettings(
        configuration.of(keys.requestTimeout),
        new LongPolling(
            configuration.of(keys.longPollingEnabled),
            configuration.of(keys.longPollingTimeout),
            configuration.of(keys.longPollingProbeTimeout),
            configuration.of(keys.minEmptyResponses)));
  }

  static GatewayApiSettings gatewayApi(
      Configuration configuration,
      GatewayKeys keys,
      String host,
      int port,
      Credentials credentials) {
    long heapBytes = Runtime.getRuntime().maxMemory();
    int maxMessageBytes = configuration.of(keys.maxMessageSize);
    int calls = configuration.of(GatewayKeys.MAX_CALLS, CallLimits.callsOfHeap(heapBytes));
    return new GatewayApiSettings(
        host,
        port,
        maxMessageBytes,
        configuration.of(keys.minKeepAliveInterval),
        STOP_GRACE,
        Version.PROTOCOL,
        CallLimits.of(calls, heapBytes, maxMessageBytes),
        credentials);
  }

  static MonitoringSettings monitoring(
      Configuration configuration, String host, int port, Key<Integer> portKey) {
    return new MonitoringSettings(
        host,
        port,
        portKey.name(),
        Version.text(),
        configuration.lines().stream()
            .map(line -> new Property(line.key(), line.value(), line.source()))
            .toList());
  }

  private static int port(Configuration configuration, Key<Integer> key) {
    int port = configuration.of(key);
    return port == 0 ? FreePorts.any() : port;
  }
}
