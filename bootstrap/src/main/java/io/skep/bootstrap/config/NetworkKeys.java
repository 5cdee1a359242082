package io.skep.bootstrap.config;

import static io.skep.bootstrap.config.ValueType.name;
import static io.skep.bootstrap.config.ValueType.number;
import static io.skep.bootstrap.config.ValueType.size;

import java.util.List;

/// Where a broker listens, under `zeebe.broker.network`.
final class NetworkKeys {
  private static final String NETWORK = "zeebe.broker.network.";
  private static final String SLIP =
      "the name is misspelt; it is taken as zeebe.broker.network.monitoringApi";

  static final Key<String> HOST =
      Key.of(
          NETWORK + "host", name(), "0.0.0.0", "Address that all APIs bind unless they have one");
  static final Key<String> ADVERTISED_HOST =
      Key.optional(
          NETWORK + "advertisedHost",
          name(),
          "the bound address, or if that is every address, the first that is not loopback",
          "Where others reach this broker, unless an API has its own");
  static final Key<Integer> PORT_OFFSET =
      Key.of(
          NETWORK + "portOffset",
          number(0, 6500),
          "0",
          "Ten times this is added to every port, so that several brokers fit on one machine");
  static final Key<Integer> MAX_MESSAGE_SIZE =
      Key.of(
          NETWORK + "maxMessageSize",
          size(16 << 10, 256 << 20),
          "4MB",
          "Largest message between brokers and gateways, and largest command");

  static final Api COMMAND_API = Api.of(NETWORK + "commandApi", "26501", "the Command API");
  static final Api INTERNAL_API = Api.of(NETWORK + "internalApi", "26502", "the Internal API");

  static final Key<String> MONITORING_HOST =
      Api.host(NETWORK + "monitoringApi", "the Monitoring API")
          .alias("management.server.address", "")
          .alias(NETWORK + "monitoirngApi.host", SLIP);
  static final Key<Integer> MONITORING_PORT =
      Api.port(NETWORK + "monitoringApi", "9600", "the Monitoring API")
          .alias("management.server.port", "")
          .alias(NETWORK + "monitoirngApi.port", SLIP);

  /// @param advertisedHost where others reach it, `null` in the configuration for the host
  record Api(
      Key<String> host,
      Key<Integer> port,
      Key<String> advertisedHost,
      Key<Integer> advertisedPort) {

    static Api of(String prefix, String defaultPort, String what) {
      return new Api(
          host(prefix, what),
          port(prefix, defaultPort, what),
          Key.optional(
              prefix + ".advertisedHost",
              ValueType.name(),
              "`zeebe.broker.network.advertisedHost`",
              "Host under which others reach " + what),
          Key.optional(
              prefix + ".advertisedPort",
              ValueType.port(),
              "the port that is bound",
              "Port under which others reach " + what));
    }

    static Key<String> host(String prefix, String what) {
      return Key.optional(
          prefix + ".host",
          ValueType.name(),
          "`zeebe.broker.network.host`",
          "Address that " + what + " binds");
    }

    static Key<Integer> port(String prefix, String defaultPort, String what) {
      return Key.of(prefix + ".port", ValueType.port(), defaultPort, "Port of " + what);
    }

    List<Key<?>> all() {
      return List.of(host, port, advertisedHost, advertisedPort);
    }
  }

  static final List<Key<?>> ALL =
      Lists.concat(
          List.of(HOST, ADVERTISED_HOST, PORT_OFFSET, MAX_MESSAGE_SIZE),
          COMMAND_API.all(),
          INTERNAL_API.all(),
          List.of(MONITORING_HOST, MONITORING_PORT));

  private NetworkKeys() {}
}
