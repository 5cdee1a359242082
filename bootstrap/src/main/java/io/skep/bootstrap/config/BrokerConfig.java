package io.skep.bootstrap.config;

import io.skep.adapter.export.RecordLogSettings;
import io.skep.adapter.grpc.GatewayApiSettings;
import io.skep.adapter.http.MonitoringSettings;
import io.skep.adapter.raft.InternalApiSettings;
import io.skep.adapter.sbe.CommandApiSettings;
import io.skep.bootstrap.config.NetworkKeys.Api;
import io.skep.domain.cluster.Address;
import io.skep.port.in.DiskSettings;
import io.skep.port.in.GatewaySettings;
import io.skep.port.in.LimitSettings;
import io.skep.port.in.PartitionSettings;
import java.nio.file.Path;
import java.time.Duration;

/// The settings of every part of a broker.
///
/// @param gatewayEnabled whether the broker serves clients itself; if not, `gateway` and
///   `gatewayApi` are there and not used
public record BrokerConfig(
    boolean gatewayEnabled,
    GatewaySettings gateway,
    GatewayApiSettings gatewayApi,
    CommandApiSettings commandApi,
    InternalApiSettings internalApi,
    MonitoringSettings monitoring,
    PartitionSettings partitions,
    DiskSettings disk,
    RecordLogSettings records) {

  /// More than any log could hold under way.
  private static final int NO_LIMIT = 1_000_000;

  private static final Duration DRAIN = Duration.ofSeconds(5);

  /// Room in a log entry for what is added to a message on its way.
  private static final int ENTRY_ROOM_BYTES =
      InternalApiSettings.MAX_ENTRY_BYTES - GatewayConfig.DEFAULT_MESSAGE_BYTES;

  public static BrokerConfig of(Configuration configuration) {
    return new Mapping(configuration).brokerConfig();
  }

  /// From keys to settings.
  private record Mapping(Configuration configuration, String host, int offset) {

    Mapping(Configuration configuration) {
      this(
          configuration,
          configuration.of(NetworkKeys.HOST),
          configuration.of(NetworkKeys.PORT_OFFSET));
    }

    BrokerConfig brokerConfig() {
      var commandApi = commandApi();
      return new BrokerConfig(
          configuration.of(BrokerKeys.GATEWAY_ENABLE),
          GatewayConfig.gateway(configuration, GatewayKeys.EMBEDDED),
          gatewayApi(),
          commandApi,
          internalApi(commandApi),
          monitoring(),
          partitions(),
          disk(),
          records());
    }

    private GatewayApiSettings gatewayApi() {
      GatewayKeys keys = GatewayKeys.EMBEDDED;
      return GatewayConfig.gatewayApi(
          configuration,
          keys,
          configuration.of(keys.host, host),
          port(keys.port),
          SecurityKeys.EMBEDDED_GATEWAY.credentials(configuration));
    }

    private CommandApiSettings commandApi() {
      int nodeId = configuration.of(BrokerKeys.NODE_ID);
      return CommandApiSettings.of(
              configuration.of(BrokerKeys.CLUSTER_NAME),
              "broker-" + nodeId,
              nodeId,
              configuration.of(NetworkKeys.COMMAND_API.host(), host),
              port(NetworkKeys.COMMAND_API.port()),
              configuration.of(NetworkKeys.MAX_MESSAGE_SIZE))
          .with(SecurityKeys.BROKER_NETWORK.credentials(configuration));
    }

    private InternalApiSettings internalApi(CommandApiSettings commandApi) {
      Api api = NetworkKeys.INTERNAL_API;
      int port = port(api.port());
      Duration electionTimeout = configuration.of(BrokerKeys.ELECTION_TIMEOUT);
      return new InternalApiSettings(
          configuration.of(BrokerKeys.NODE_ID),
          configuration.of(BrokerKeys.CLUSTER_SIZE),
          configuration.of(BrokerKeys.PARTITIONS_COUNT),
          configuration.of(BrokerKeys.REPLICATION_FACTOR),
          PartitioningKeys.isFixed(configuration)
              ? PartitioningKeys.FIXED.type().show().apply(configuration.of(PartitioningKeys.FIXED))
              : InternalApiSettings.ROUND_ROBIN,
          configuration.of(BrokerKeys.CLUSTER_NAME),
          configuration.of(api.host(), host),
          port,
          advertised(api, port),
          advertised(NetworkKeys.COMMAND_API, commandApi.port()),
          Version.text(),
          configuration.home().resolve(configuration.of(BrokerKeys.DIRECTORY)),
          configuration.of(BrokerKeys.READMIT),
          configuration.of(BrokerKeys.INITIAL_CONTACT_POINTS),
          electionTimeout,
          electionTimeout.multipliedBy(2),
          configuration.of(BrokerKeys.SNAPSHOT_PERIOD),
          InternalApiSettings.ENTRIES_BETWEEN_SNAPSHOTS,
          configuration.of(BrokerKeys.LOG_BETWEEN_SNAPSHOTS),
          configuration.of(BrokerKeys.LOG_SEGMENT_SIZE),
          configuration.of(NetworkKeys.MAX_MESSAGE_SIZE) + ENTRY_ROOM_BYTES,
          InternalApiSettings.ENTRIES_KEPT,
          // Both are for members.
          commandApi.credentials());
    }

    private Address advertised(Api api, int boundPort) {
      String bound = configuration.of(api.host(), host);
      String advertised =
          configuration.of(api.advertisedHost(), configuration.of(NetworkKeys.ADVERTISED_HOST));
      return new Address(
          advertised == null ? Hosts.reachable(bound) : advertised,
          configuration.of(api.advertisedPort(), boundPort));
    }

    private MonitoringSettings monitoring() {
      return GatewayConfig.monitoring(
          configuration,
          configuration.of(NetworkKeys.MONITORING_HOST, host),
          port(NetworkKeys.MONITORING_PORT),
          NetworkKeys.MONITORING_PORT);
    }

    private PartitionSettings partitions() {
      return new PartitionSettings(
          configuration.of(BrokerKeys.NODE_ID),
          configuration.of(BrokerKeys.CLUSTER_SIZE),
          configuration.of(BrokerKeys.PARTITIONS_COUNT),
          configuration.of(BrokerKeys.REPLICATION_FACTOR),
          PartitioningKeys.distribution(configuration),
          limit(),
          configuration.of(BrokerKeys.RESIDENT_INSTANCES),
          DRAIN);
    }

    private DiskSettings disk() {
      return new DiskSettings(
          configuration.of(BrokerKeys.DISK_WATCHED),
          configuration.of(BrokerKeys.DISK_INTERVAL),
          configuration.of(BrokerKeys.DISK_PROCESSING),
          configuration.of(BrokerKeys.DISK_REPLICATION));
    }

    private LimitSettings limit() {
      if (!configuration.of(BrokerKeys.BACKPRESSURE_ENABLED)) return LimitSettings.fixed(NO_LIMIT);
      if (configuration.of(BrokerKeys.BACKPRESSURE_ALGORITHM).equals("fixed")) {
        return LimitSettings.fixed(configuration.of(BrokerKeys.BACKPRESSURE_FIXED_LIMIT));
      }
      // Whoever sets one of them need not set the others.
      int max = configuration.of(BrokerKeys.AIMD_MAX_LIMIT);
      int min = Math.min(configuration.of(BrokerKeys.AIMD_MIN_LIMIT), max);
      return new LimitSettings(
          Math.clamp(configuration.of(BrokerKeys.AIMD_INITIAL_LIMIT), min, max),
          min,
          max,
          configuration.of(BrokerKeys.AIMD_LATENCY),
          configuration.of(BrokerKeys.AIMD_BACKOFF_RATIO));
    }

    private RecordLogSettings records() {
      Path file = configuration.of(RecordKeys.FILE);
      return new RecordLogSettings(file == null ? null : configuration.home().resolve(file));
    }

    private int port(Key<Integer> key) {
      int port = configuration.of(key);
      return port == 0 ? FreePorts.any() : port + 10 * offset;
    }
  }
}
