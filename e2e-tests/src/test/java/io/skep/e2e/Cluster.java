package io.skep.e2e;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.response.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Brokers without gateways in them, and gateways before them: each a process, with a network
/// between them that can be disturbed. Each broker holds a replica of each partition.
final class Cluster implements AutoCloseable {
  static final int BROKERS = 3;
  static final int PARTITIONS = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final Network network = new Network();
  final List<SkepProcess> brokers = new ArrayList<>();
  final List<SkepProcess> gateways = new ArrayList<>();
  private final List<Integer> internalApis = new ArrayList<>();

  private final Path directory;

  /// Not started yet, and without gateways. Each broker knows of the next one.
  Cluster(Path directory) {
    this.directory = directory;
    for (int i = 0; i < BROKERS; i++) {
      SkepProcess broker = SkepProcess.broker(directory.resolve("broker-" + i));
      network.add(broker);
      brokers.add(broker);
      internalApis.add(network.door(broker, broker.ports.internal()));
      broker
          .with("ZEEBE_BROKER_NETWORK_INTERNALAPI_ADVERTISEDPORT", internalApis.get(i))
          .with(
              "ZEEBE_BROKER_NETWORK_COMMANDAPI_ADVERTISEDPORT",
              network.door(broker, broker.ports.command()))
          .with("ZEEBE_BROKER_GATEWAY_ENABLE", false)
          .with("ZEEBE_BROKER_CLUSTER_NODEID", i)
          .with("ZEEBE_BROKER_CLUSTER_CLUSTERSIZE", BROKERS)
          .with("ZEEBE_BROKER_CLUSTER_PARTITIONSCOUNT", PARTITIONS)
          .with("ZEEBE_BROKER_CLUSTER_REPLICATIONFACTOR", BROKERS);
    }
    for (int i = 0; i < BROKERS; i++) {
      brokers
          .get(i)
          .with(
              "ZEEBE_BROKER_CLUSTER_INITIALCONTACTPOINTS",
              "127.0.0.1:" + internalApis.get((i + 1) % BROKERS));
    }
  }

  /// With a gateway that knows of the first broker.
  static Cluster start(Path directory) {
    return new Cluster(directory).withGateway(0).start();
  }

  /// Adds a gateway that knows of this broker.
  Cluster withGateway(int contact) {
    var gateway =
        SkepProcess.gateway(
            directory.resolve("gateway-" + gateways.size()), internalApis.get(contact));
    network.add(gateway);
    gateways.add(gateway);
    return this;
  }

  Cluster with(Consumer<SkepProcess> broker) {
    brokers.forEach(broker);
    return this;
  }

  /// Returns when every broker leads a partition, and every gateway knows.
  Cluster start() {
    brokers.forEach(SkepProcess::launch);
    gateways.forEach(SkepProcess::launch);
    brokers.forEach(SkepProcess::awaitReady);
    gateways.forEach(SkepProcess::awaitReady);
    for (SkepProcess gateway : gateways) {
      try (var client = gateway.client()) {
        await(client, topology -> Set.copyOf(leaders(topology).values()).size() == BROKERS);
      }
    }
    return this;
  }

  ZeebeClient client() {
    return gateways.getFirst().client();
  }

  /// Returns when every partition is led by the broker that should lead it.
  void awaitRest(ZeebeClient client) {
    await(
        client,
        topology -> {
          var leaders = leaders(topology);
          return leaders.size() == PARTITIONS
              && leaders.entrySet().stream()
                  .allMatch(each -> each.getValue() == (each.getKey() - 1) % BROKERS);
        });
  }

  /// The broker that leads a partition, waited for if there is none.
  SkepProcess leaderOf(int partition, ZeebeClient client) {
    var topology = await(client, seen -> leaders(seen).containsKey(partition));
    return brokers.get(leaders(topology).get(partition));
  }

  /// Waits until a gateway says so.
  static Topology await(ZeebeClient client, Predicate<Topology> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Topology topology = client.newTopologyRequest().send().join();
      if (wanted.test(topology)) return topology;
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Expected another topology than " + topology);
      }
      SkepProcess.pause(50);
    }
  }

  /// Node ids of leaders by partition, each of which has one at most whatever happens.
  static Map<Integer, Integer> leaders(Topology topology) {
    var leaders = new TreeMap<Integer, Integer>();
    for (var broker : topology.getBrokers()) {
      for (var partition : broker.getPartitions()) {
        if (partition.isLeader()
            && leaders.put(partition.getPartitionId(), broker.getNodeId()) != null) {
          throw new AssertionError("Expected one leader at most, but: " + topology);
        }
      }
    }
    return leaders;
  }

  /// What all processes have printed, for whoever has to find out what went wrong.
  String logs() {
    var text = new StringBuilder();
    for (int i = 0; i < brokers.size(); i++) {
      text.append("== broker ").append(i).append('\n').append(brokers.get(i).log());
    }
    for (SkepProcess gateway : gateways) {
      text.append("== gateway\n").append(gateway.log());
    }
    return text.toString();
  }

  @Override
  public void close() {
    network.heal();
    gateways.forEach(SkepProcess::close);
    brokers.forEach(SkepProcess::close);
    network.close();
  }
}
