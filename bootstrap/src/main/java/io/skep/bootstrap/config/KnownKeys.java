package io.skep.bootstrap.config;

import java.util.List;
import java.util.stream.Stream;

/// What Zeebe's documentation has and this program does not: not a mistake of whoever sets it, but
/// nothing that works.
final class KnownKeys {
  private static final String B = "zeebe.broker.";
  private static final List<String> UNSET = List.of("");
  private static final List<String> OFF = List.of("", "false", "no", "off", "0");

  private static final List<KnownKey> BROKER =
      Lists.concat(
          harmless(
              "Log and disk are laid out differently here",
              B + "data.runtimeDirectory",
              B + "data.directories",
              B + "data.logIndexDensity",
              B + "data.snapshotPolicy",
              B + "experimental.rocksdb.*",
              B + "experimental.raft.*",
              B + "experimental.maxAppendsPerFollower",
              B + "experimental.maxAppendBatchSize",
              B + "threads.cpuThreadCount",
              B + "threads.ioThreadCount",
              B + "experimental.features.*",
              B + "experimental.engine.caches.*",
              B + "experimental.engine.messages.*",
              B + "experimental.engine.jobs.*",
              B + "experimental.consistencyChecks.*",
              B + "experimental.queryApi.*",
              B + "cluster.raft.*",
              B + "processing.*"),
          harmless(
              "Follows from zeebe.broker.cluster.electionTimeout", B + "cluster.heartbeatInterval"),
          harmless(
              "The limit follows latency by zeebe.broker.backpressure.aimd.*, always by the mean of some time",
              B + "backpressure.useWindowed",
              B + "backpressure.vegas.*",
              B + "backpressure.gradient.*",
              B + "backpressure.gradient2.*",
              B + "backpressure.legacyVegas.*",
              B + "flowControl.*"),
          harmless(
              "Watermarks are sizes: zeebe.broker.data.disk.freeSpace.processing and .replication",
              B + "data.diskUsageMonitoringEnabled",
              B + "data.diskUsageCommandWatermark",
              B + "data.diskUsageReplicationWatermark",
              B + "data.diskUsageMonitoringInterval"),
          harmless(
              "Members are found by zeebe.broker.cluster.initialContactPoints",
              B + "cluster.membership.*",
              B + "cluster.configManager.*",
              B + "cluster.messageCompression"),
          harmless(
              "Exporters cannot be loaded yet; skep.broker.recordLog.file writes records as JSON",
              B + "exporters.*",
              B + "exporting.*",
              B + "executionMetricsExporterEnabled"),
          harmless(
              "Nobody else has to reach the Monitoring API under another name",
              B + "network.monitoringApi.advertisedHost",
              B + "network.monitoringApi.advertisedPort"),
          harmless("There are no backups yet", B + "data.backup.*"),
          harmless("Not supported yet", B + "experimental.engine.validators.*"),
          refused(
              OFF,
              "Nobody's rights would be checked",
              B + "experimental.engine.authorizations.enableAuthorization"));

  /// Neither the broker's nor the gateway's.
  private static final List<KnownKey> OTHERS =
      Lists.concat(
          harmless("The clock cannot be moved", "zeebe.clock.controlled"),
          harmless("SKEP_LOG_LEVEL and ZEEBE_LOG_LEVEL set the log level", "zeebe.log.*"),
          harmless("This is for clients", "zeebe.client.*"),
          harmless("There are no backups yet", "zeebe.restore.*"));

  private KnownKeys() {}

  static List<KnownKey> of(Role role) {
    return switch (role) {
      case BROKER ->
          Lists.concat(
              BROKER,
              OTHERS,
              gateway(GatewayKeys.IN_BROKER),
              gateway(GatewayKeys.OWN),
              harmless(
                  "An embedded gateway is no member of its own",
                  GatewayKeys.IN_BROKER + "cluster.*"));
      case GATEWAY -> Lists.concat(gateway(GatewayKeys.OWN), OTHERS);
    };
  }

  private static List<KnownKey> gateway(String prefix) {
    return Lists.concat(
        refused(
            List.of("", "none"),
            "Clients would not be authenticated",
            prefix + "security.authentication.mode"),
        harmless(
            "Clients are not authenticated yet", prefix + "security.authentication.identity.*"),
        refused(OFF, "Tenants would see each other's data", prefix + "multiTenancy.enabled"),
        refused(
            UNSET,
            "Interceptors may guard the gateway, and cannot be loaded",
            prefix + "interceptors.*"),
        harmless("There is no REST API yet", prefix + "filters.*", prefix + "rest.*"),
        harmless(
            "A gateway calls the members of the cluster and is not called by them",
            prefix + "cluster.host",
            prefix + "cluster.port",
            prefix + "cluster.advertisedHost",
            prefix + "cluster.advertisedPort",
            prefix + "cluster.membership.*",
            prefix + "cluster.configManager.*",
            prefix + "cluster.messageCompression"),
        harmless("Threads follow the machine", prefix + "threads.managementThreads"),
        harmless("The Monitoring API is always there", prefix + "monitoring.enabled"));
  }

  /// What does no harm if it has no effect.
  private static List<KnownKey> harmless(String note, String... names) {
    return Stream.of(names).map(name -> new KnownKey(name, UNSET, false, note)).toList();
  }

  private static List<KnownKey> refused(List<String> harmless, String note, String... names) {
    return Stream.of(names).map(name -> new KnownKey(name, harmless, true, note)).toList();
  }
}
