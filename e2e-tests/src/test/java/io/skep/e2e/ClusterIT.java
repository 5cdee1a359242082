package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.response.ActivatedJob;
import io.camunda.zeebe.client.api.response.PartitionBrokerRole;
import io.camunda.zeebe.client.api.worker.JobClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three brokers, each of which knows of one other, and two gateways that know of one each.
class ClusterIT {
  @TempDir static Path directory;
  private static Cluster cluster;
  private static List<ZeebeClient> clients;

  @BeforeAll
  static void start() {
    cluster = new Cluster(directory).withGateway(1).withGateway(2).start();
    clients = cluster.gateways.stream().map(SkepProcess::client).toList();
  }

  @AfterAll
  static void stop() {
    clients.forEach(ZeebeClient::close);
    cluster.close();
  }

  @Test
  void shouldFindEverybodyByOneContactPoint() {
    for (ZeebeClient client : clients) {
      // when
      var topology = client.newTopologyRequest().send().join();

      // then
      assertEquals(Cluster.BROKERS, topology.getClusterSize());
      assertEquals(Cluster.PARTITIONS, topology.getPartitionsCount());
      assertEquals(Cluster.BROKERS, topology.getReplicationFactor());
      assertEquals(Cluster.BROKERS, topology.getBrokers().size());
      for (var broker : topology.getBrokers()) {
        var roles =
            broker.getPartitions().stream().map(partition -> partition.getRole()).sorted().toList();
        assertEquals(
            List.of(
                PartitionBrokerRole.LEADER,
                PartitionBrokerRole.FOLLOWER,
                PartitionBrokerRole.FOLLOWER),
            roles);
      }
    }
  }

  @Test
  void shouldKnowAProcessOnEveryPartitionAsSoonAsItIsDeployed() {
    for (int round = 0; round < 5; round++) {
      // given
      String processId = "at-once-" + round;
      Models.deploy(clients.getFirst(), Models.oneTask(processId, processId));

      // when
      var partitions = new HashSet<Integer>();
      for (int i = 0; i < 2 * Cluster.PARTITIONS; i++) {
        partitions.add(Models.partitionOf(Models.create(clients.getLast(), processId)));
      }

      // then
      assertEquals(Set.of(1, 2, 3), partitions);
    }
  }

  @Test
  void shouldBringWorkOfOneGatewayToWorkersOfTheOther() {
    // given
    Models.deploy(clients.getFirst(), Models.oneTask("two-gateways", "two-gateways-work"));
    var done = new ConcurrentHashMap<Long, Long>();
    try (var _ =
        clients
            .getLast()
            .newWorker()
            .jobType("two-gateways-work")
            .handler((jobs, job) -> complete(jobs, job, done))
            .requestTimeout(Duration.ofSeconds(30))
            .open()) {
      SkepProcess.pause(500);

      // when
      var created = new HashSet<Long>();
      for (int i = 0; i < 30; i++) created.add(Models.create(clients.getFirst(), "two-gateways"));

      // then
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (done.size() < created.size() && System.nanoTime() < deadline) SkepProcess.pause(10);
      assertEquals(created, Set.copyOf(done.values()));
    }
  }

  private static void complete(JobClient jobs, ActivatedJob job, Map<Long, Long> done) {
    jobs.newCompleteCommand(job).send().join();
    done.put(job.getKey(), job.getProcessInstanceKey());
  }

  @Test
  void shouldGiveResultsOfInstancesOnEveryPartition() {
    // given
    var model = Bpmn.createExecutableProcess("with-result").startEvent().endEvent().done();
    Models.deploy(clients.getFirst(), model);

    // when
    var results = new ArrayList<Object>();
    for (int i = 0; i < Cluster.PARTITIONS; i++) {
      results.add(
          clients
              .getLast()
              .newCreateInstanceCommand()
              .bpmnProcessId("with-result")
              .latestVersion()
              .variables(Map.of("number", i))
              .withResult()
              .send()
              .join()
              .getVariablesAsMap()
              .get("number"));
    }

    // then
    assertEquals(List.of(0, 1, 2), results);
  }

  @Test
  void shouldShowItsPlanAndWhatBecameOfIt() {
    // when
    var plan = cluster.brokers.get(1).page("/actuator/cluster").body();
    var partitions = cluster.brokers.get(1).page("/actuator/partitions").body();

    // then
    for (int id = 0; id < Cluster.BROKERS; id++) {
      assertTrue(plan.contains("{\"id\":" + id + ",\"state\":\"ACTIVE\""), plan);
    }
    assertTrue(plan.contains("\"priority\":3"), plan);
    assertTrue(partitions.contains("\"2\":{\"role\":\"LEADER\""), partitions);
  }

  @Test
  void shouldBeReadyAndHealthyEverywhere() {
    var processes = new ArrayList<>(cluster.brokers);
    processes.addAll(cluster.gateways);
    for (SkepProcess process : processes) {
      for (String path : List.of("/ready", "/health", "/startup")) {
        // when
        var page = process.page(path);

        // then
        assertEquals(200, page.statusCode(), page::body);
        assertTrue(page.body().contains("\"status\":\"UP\""), page::body);
      }
    }
  }
}
