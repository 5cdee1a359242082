package io.skep.bootstrap.config;

import static io.skep.bootstrap.config.ValueType.addresses;
import static io.skep.bootstrap.config.ValueType.bool;
import static io.skep.bootstrap.config.ValueType.duration;
import static io.skep.bootstrap.config.ValueType.name;
import static io.skep.bootstrap.config.ValueType.number;
import static io.skep.bootstrap.config.ValueType.port;
import static io.skep.bootstrap.config.ValueType.size;

import io.skep.domain.cluster.Address;
import java.time.Duration;
import java.util.List;

/// How a gateway serves clients: the same keys under `zeebe.gateway` for a gateway of its own, and
/// under `zeebe.broker.gateway` for the one in a broker, which takes the others as well.
final class GatewayKeys {
  static final String OWN = "zeebe.gateway.";
  static final String IN_BROKER = "zeebe.broker.gateway.";

  private static final Duration POSITIVE = Duration.ofMillis(1);
  private static final String SLIP =
      "the name is a slip of the documentation; it is taken as zeebe.gateway.network.port";

  static final GatewayKeys STANDALONE = new GatewayKeys(OWN);
  static final GatewayKeys EMBEDDED = new GatewayKeys(IN_BROKER);

  static final Key<List<Address>> CONTACT_POINTS =
      Key.of(
              OWN + "cluster.initialContactPoints",
              addresses(),
              "127.0.0.1:26502",
              "Internal APIs of some brokers, to find the others by")
          .alias(
              OWN + "cluster.contactPoint",
              "the name is out of date; zeebe.gateway.cluster.initialContactPoints takes several");
  static final Key<String> CLUSTER_NAME =
      Key.of(
          OWN + "cluster.clusterName",
          name(),
          "zeebe-cluster",
          "Name of the cluster, the same on all members");
  static final Key<String> MEMBER_ID =
      Key.of(
          OWN + "cluster.memberId",
          name(),
          "gateway",
          "Tells this gateway from all others; no two have the same");
  static final Key<String> MONITORING_HOST =
      Key.optional(
              OWN + "monitoring.host",
              name(),
              "`zeebe.gateway.network.host`",
              "Address that the Monitoring API binds")
          .alias("management.server.address", "");
  static final Key<Integer> MONITORING_PORT =
      Key.of(OWN + "monitoring.port", port(), "9600", "Port of the Monitoring API")
          .alias("management.server.port", "");

  /// Not a key of Zeebe's, and the same for both roles.
  static final Key<Integer> MAX_CALLS =
      Key.optional(
          "skep.gateway.maxCalls",
          number(1, 10_000_000),
          "as many as take an eighth of the heap with 4 kB each, but 1,000 or more",
          "How many calls of clients may be open at a time, those included that wait for jobs and"
              + " results; more are refused with RESOURCE_EXHAUSTED. Calls that wait may be half of"
              + " them, those that complete and fail jobs, cancel instances and ask for the topology"
              + " all, others three quarters");

  final Key<String> host;
  final Key<Integer> port;
  final Key<Duration> minKeepAliveInterval;
  final Key<Integer> maxMessageSize;
  final Key<Duration> requestTimeout;
  final Key<Boolean> longPollingEnabled;
  final Key<Duration> longPollingTimeout;
  final Key<Duration> longPollingProbeTimeout;
  final Key<Integer> minEmptyResponses;

  private final String prefix;

  private GatewayKeys(String prefix) {
    this.prefix = prefix;
    host =
        prefix.equals(OWN)
            ? key("network.host", name(), "0.0.0.0", "Address that the Gateway API binds")
            : shared(
                Key.optional(
                    prefix + "network.host",
                    name(),
                    "`zeebe.broker.network.host`",
                    "Address that the Gateway API binds"));
    port =
        key("network.port", port(), "26500", "Port of the Gateway API")
            .alias(OWN + "cluster.network.port", SLIP);
    minKeepAliveInterval =
        key(
            "network.minKeepAliveInterval",
            duration(POSITIVE),
            "30s",
            "How often a client may ping at most");
    maxMessageSize =
        key(
            "network.maxMessageSize",
            size(16 << 10, 256 << 20),
            "4MB",
            "Largest message to and from clients");
    requestTimeout =
        key(
            "cluster.requestTimeout",
            duration(POSITIVE),
            "15s",
            "How long a command may take unless the client says otherwise");
    longPollingEnabled =
        key(
            "longPolling.enabled",
            bool(),
            "true",
            "Whether requests for jobs wait until there are some");
    longPollingTimeout =
        key(
            "longPolling.timeout",
            duration(POSITIVE),
            "10s",
            "How long a request for jobs waits that does not say how long");
    longPollingProbeTimeout =
        key(
            "longPolling.probeTimeout",
            duration(POSITIVE),
            "10s",
            "How often jobs are looked for without a sign that there are any");
    minEmptyResponses =
        key(
            "longPolling.minEmptyResponses",
            number(1, 1_000_000),
            "3",
            "After how many looks without jobs requests wait without a look of their own");
  }

  private <T> Key<T> key(String name, ValueType<T> type, String defaultText, String description) {
    return shared(Key.of(prefix + name, type, defaultText, description));
  }

  private <T> Key<T> shared(Key<T> key) {
    if (prefix.equals(OWN)) return key;
    return key.alias(OWN + key.name().substring(prefix.length()), "");
  }

  List<Key<?>> common() {
    return List.of(
        host,
        port,
        minKeepAliveInterval,
        maxMessageSize,
        requestTimeout,
        longPollingEnabled,
        longPollingTimeout,
        longPollingProbeTimeout,
        minEmptyResponses,
        MAX_CALLS);
  }

  /// What only a gateway of its own has.
  static List<Key<?>> standaloneOnly() {
    return List.of(CONTACT_POINTS, CLUSTER_NAME, MEMBER_ID, MONITORING_HOST, MONITORING_PORT);
  }
}
