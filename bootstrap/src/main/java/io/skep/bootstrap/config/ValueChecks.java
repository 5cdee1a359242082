package io.skep.bootstrap.config;

import io.skep.bootstrap.config.NetworkKeys.Api;
import java.util.ArrayList;
import java.util.List;

/// Finds fault with values that do not go together.
final class ValueChecks {

  private final Configuration configuration;
  private final List<String> problems = new ArrayList<>();

  private ValueChecks(Configuration configuration) {
    this.configuration = configuration;
  }

  static List<String> problems(Configuration configuration) {
    var checks = new ValueChecks(configuration);
    switch (configuration.role()) {
      case BROKER -> checks.broker();
      case GATEWAY -> checks.gateway();
    }
    return checks.problems;
  }

  private void broker() {
    int clusterSize = configuration.of(BrokerKeys.CLUSTER_SIZE);
    if (configuration.of(BrokerKeys.REPLICATION_FACTOR) > clusterSize) {
      wrong(BrokerKeys.REPLICATION_FACTOR, "to be at most", BrokerKeys.CLUSTER_SIZE);
    }
    if (configuration.of(BrokerKeys.NODE_ID) >= clusterSize) {
      wrong(BrokerKeys.NODE_ID, "to be less than", BrokerKeys.CLUSTER_SIZE);
    }
    if (configuration.of(BrokerKeys.LOG_SEGMENT_SIZE)
        <= configuration.of(NetworkKeys.MAX_MESSAGE_SIZE)) {
      wrong(BrokerKeys.LOG_SEGMENT_SIZE, "to be more than", NetworkKeys.MAX_MESSAGE_SIZE);
    }
    if (configuration.of(BrokerKeys.DISK_REPLICATION)
        >= configuration.of(BrokerKeys.DISK_PROCESSING)) {
      wrong(BrokerKeys.DISK_REPLICATION, "to be less than", BrokerKeys.DISK_PROCESSING);
    }
    if (problems.isEmpty()) distribution();
    int offset = configuration.of(NetworkKeys.PORT_OFFSET);
    var ports = new ArrayList<Listener>();
    if (configuration.of(BrokerKeys.GATEWAY_ENABLE)) {
      ports.add(listener(GatewayKeys.EMBEDDED.host, NetworkKeys.HOST, GatewayKeys.EMBEDDED.port));
    }
    for (Api api : List.of(NetworkKeys.COMMAND_API, NetworkKeys.INTERNAL_API)) {
      ports.add(listener(api.host(), NetworkKeys.HOST, api.port()));
    }
    ports.add(listener(NetworkKeys.MONITORING_HOST, NetworkKeys.HOST, NetworkKeys.MONITORING_PORT));
    for (Listener port : ports) {
      if (port.port != 0 && port.port + 10 * offset > 65535) {
        problems.add(
            "Expected %s and ten times %s to be at most 65535 together, but they are %d and %d (%s; %s)"
                .formatted(
                    port.key.name(),
                    NetworkKeys.PORT_OFFSET.name(),
                    port.port,
                    offset,
                    configuration.source(port.key),
                    configuration.source(NetworkKeys.PORT_OFFSET)));
      }
    }
    distinct(ports);
  }

  private void distribution() {
    try {
      PartitioningKeys.distribution(configuration);
    } catch (IllegalArgumentException e) {
      problems.add(
          "%s (%s, %s; %s)"
              .formatted(
                  e.getMessage(),
                  PartitioningKeys.FIXED.name(),
                  configuration.source(PartitioningKeys.FIXED),
                  configuration.source(PartitioningKeys.SCHEME)));
    }
  }

  private void gateway() {
    GatewayKeys keys = GatewayKeys.STANDALONE;
    distinct(
        List.of(
            listener(keys.host, keys.host, keys.port),
            listener(GatewayKeys.MONITORING_HOST, keys.host, GatewayKeys.MONITORING_PORT)));
    if (configuration.of(GatewayKeys.CONTACT_POINTS).isEmpty()) {
      problems.add(
          "Expected %s to name a broker at least, but it is empty (%s)"
              .formatted(
                  GatewayKeys.CONTACT_POINTS.name(),
                  configuration.source(GatewayKeys.CONTACT_POINTS)));
    }
  }

  private <T> void wrong(Key<T> key, String relation, Key<T> other) {
    problems.add(
        "Expected %s %s %s, but they are %s and %s (%s; %s)"
            .formatted(
                key.name(),
                relation,
                other.name(),
                key.type().show().apply(configuration.of(key)),
                other.type().show().apply(configuration.of(other)),
                configuration.source(key),
                configuration.source(other)));
  }

  private record Listener(String host, int port, Key<Integer> key) {
    boolean clashesWith(Listener other) {
      return port != 0
          && port == other.port
          && (host.equals(other.host)
              || Hosts.isEveryAddress(host)
              || Hosts.isEveryAddress(other.host));
    }
  }

  private Listener listener(Key<String> host, Key<String> fallback, Key<Integer> port) {
    return new Listener(
        configuration.of(host, configuration.of(fallback)), configuration.of(port), port);
  }

  private void distinct(List<Listener> listeners) {
    for (int i = 0; i < listeners.size(); i++) {
      for (int j = 0; j < i; j++) {
        Listener one = listeners.get(j);
        Listener two = listeners.get(i);
        if (one.clashesWith(two)) {
          problems.add(
              "Expected %s and %s to be different ports, but both are %d (%s; %s)"
                  .formatted(
                      one.key.name(),
                      two.key.name(),
                      one.port,
                      configuration.source(one.key),
                      configuration.source(two.key)));
        }
      }
    }
  }
}
