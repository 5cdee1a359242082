package io.skep.bootstrap;

import io.skep.bootstrap.config.BrokerConfig;
import io.skep.bootstrap.config.Configuration;
import io.skep.bootstrap.config.FreePorts;
import io.skep.bootstrap.config.GatewayConfig;
import io.skep.bootstrap.config.Inputs;
import io.skep.bootstrap.config.Role;
import io.skep.port.in.CommandGateway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Three brokers and a gateway in this process. Elections, replication and commands from afar are
/// trained too, for a broker may have to do them for the first time when a leader has been lost.
final class TrainingCluster implements AutoCloseable {
  private static final int BROKERS = 3;

  private final Path directory;
  private final int contactPort = FreePorts.any();
  private final List<Process> brokers = new ArrayList<>();
  private final Process gatewayProcess;
  private final GatewayComponent gateway;

  TrainingCluster(Path directory) {
    this.directory = directory;
    for (int nodeId = 0; nodeId < BROKERS; nodeId++) brokers.add(broker(nodeId));
    GatewayConfig config = GatewayConfig.of(Configuration.load(Role.GATEWAY, gatewayInputs()));
    gateway = DaggerGatewayComponent.factory().create(config);
    gatewayProcess = Process.of(config, gateway);
  }

  private Process broker(int nodeId) {
    var inputs =
        inputs(
            "broker.network.host=127.0.0.1",
            "broker.network.commandApi.port=0",
            "broker.network.internalApi.port=" + (nodeId == 0 ? contactPort : 0),
            "broker.network.monitoringApi.port=0",
            "broker.gateway.enable=false",
            "broker.data.directory=" + directory.resolve("broker-" + nodeId),
            // However little is free where this is built.
            "broker.data.disk.freeSpace.processing=1",
            "broker.data.disk.freeSpace.replication=0",
            "broker.cluster.nodeId=" + nodeId,
            "broker.cluster.clusterSize=" + BROKERS,
            "broker.cluster.partitionsCount=" + BROKERS,
            "broker.cluster.replicationFactor=" + BROKERS,
            "broker.cluster.initialContactPoints=127.0.0.1:" + contactPort);
    BrokerConfig config = BrokerConfig.of(Configuration.load(Role.BROKER, inputs));
    return Process.of(config, DaggerBrokerComponent.factory().create(config));
  }

  private Inputs gatewayInputs() {
    return inputs(
        "gateway.network.host=127.0.0.1",
        "gateway.network.port=0",
        "gateway.cluster.host=127.0.0.1",
        "gateway.monitoring.port=0",
        "gateway.cluster.initialContactPoints=127.0.0.1:" + contactPort);
  }

  private Inputs inputs(String... settings) {
    var arguments = List.of(settings).stream().map(setting -> "zeebe." + setting).toList();
    return new Inputs(arguments, Map.of(), Map.of(), null, directory, directory);
  }

  CommandGateway gateway() {
    return gateway.gateway();
  }

  int gatewayPort() {
    return gateway.gatewayApi().port();
  }

  /// At the same time: brokers wait for each other.
  void start() {
    var starting =
        brokers.stream()
            .map(
                broker ->
                    CompletableFuture.runAsync(broker.steps()::start, Thread::startVirtualThread))
            .toList();
    gatewayProcess.steps().start();
    starting.forEach(CompletableFuture::join);
  }

  /// Stops a broker that leads a partition, as soon as it does.
  void loseLeader() {
    brokers.removeFirst().steps().stop();
  }

  @Override
  public void close() {
    gatewayProcess.steps().stop();
    brokers.forEach(broker -> broker.steps().stop());
  }
}
