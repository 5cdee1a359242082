package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.response.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three brokers that are told by their configuration who should lead what.
class FixedPartitionsIT {
  /// Brokers by partition. In turn it would be 0, 1, 2.
  private static final Map<Integer, Integer> WANTED = Map.of(1, 2, 2, 0, 3, 1);

  /// A lead for which clients wait goes back by itself 7 s after its rightful owner has caught up.
  private static final Duration SOONER_THAN_BY_ITSELF = Duration.ofSeconds(5);

  @TempDir static Path directory;
  private static Cluster cluster;
  private static ZeebeClient client;

  @BeforeAll
  static void start() {
    cluster = new Cluster(directory).withGateway(0);
    cluster.with(broker -> broker.with("ZEEBE_BROKER_EXPERIMENTAL_PARTITIONING_SCHEME", "FIXED"));
    for (int partition = 1; partition <= Cluster.PARTITIONS; partition++) {
      for (int node = 0; node < Cluster.BROKERS; node++) place(partition, node);
    }
    cluster.start();
    client = cluster.client();
  }

  private static void place(int partition, int node) {
    String name = "ZEEBE_BROKER_EXPERIMENTAL_PARTITIONING_FIXED_" + (partition - 1);
    cluster.with(
        broker ->
            broker
                .with(name + "_PARTITIONID", partition)
                .with(name + "_NODES_" + node + "_NODEID", node)
                .with(name + "_NODES_" + node + "_PRIORITY", priority(partition, node)));
  }

  /// 3 for who should lead, 2 for the next broker, 1 for the last.
  private static int priority(int partition, int node) {
    int distance = (node - WANTED.get(partition) + Cluster.BROKERS) % Cluster.BROKERS;
    return Cluster.BROKERS - distance;
  }

  @AfterAll
  static void stop() {
    client.close();
    cluster.close();
  }

  @Test
  void shouldBeLedWhereTheConfigurationSays() {
    // when
    Cluster.await(client, topology -> Cluster.leaders(topology).equals(WANTED));

    // then
    var plan = cluster.brokers.getFirst().page("/actuator/cluster").body();
    for (int node = 0; node < Cluster.BROKERS; node++) {
      var partitions = new ArrayList<String>();
      for (int partition = 1; partition <= Cluster.PARTITIONS; partition++) {
        partitions.add(
            "{\"id\":%d,\"state\":\"ACTIVE\",\"priority\":%d}"
                .formatted(partition, priority(partition, node)));
      }
      String broker =
          "{\"id\":%d,\"state\":\"ACTIVE\",\"version\":1,\"partitions\":[%s]}"
              .formatted(node, String.join(",", partitions));
      assertTrue(plan.contains(broker), plan);
    }
  }

  @Test
  void shouldBringALeadBackWhenToldTo() {
    // given
    Cluster.await(client, topology -> Cluster.leaders(topology).equals(WANTED));
    Models.deploy(client, Models.oneTask("awaited", "awaited-work"));
    int rightful = WANTED.get(1);
    int next = (rightful + 1) % Cluster.BROKERS;
    cluster.brokers.get(rightful).terminate();
    Cluster.await(client, topology -> Integer.valueOf(next).equals(leaderOfFirst(topology)));
    for (int i = 0; i < 2 * Cluster.PARTITIONS; i++) awaitResult();
    cluster.brokers.get(rightful).start();
    long since = System.nanoTime();
    assertNotEquals(rightful, leaderOfFirst(client.newTopologyRequest().send().join()));

    // when
    var topology =
        Cluster.await(
            client,
            seen -> {
              if (Integer.valueOf(rightful).equals(leaderOfFirst(seen))) return true;
              assertEquals(200, cluster.brokers.get(next).post("/actuator/rebalance").statusCode());
              return false;
            });

    // then
    var took = Duration.ofNanos(System.nanoTime() - since);
    assertEquals(rightful, leaderOfFirst(topology));
    assertTrue(took.compareTo(SOONER_THAN_BY_ITSELF) < 0, () -> took + "\n" + cluster.logs());
  }

  private static Integer leaderOfFirst(Topology topology) {
    return Cluster.leaders(topology).get(1);
  }

  /// Somebody waits for what nobody will do. Brokers keep a lead for such clients for a while.
  private static void awaitResult() {
    client
        .newCreateInstanceCommand()
        .bpmnProcessId("awaited")
        .latestVersion()
        .withResult()
        .requestTimeout(Duration.ofMinutes(1))
        .send();
  }
}
