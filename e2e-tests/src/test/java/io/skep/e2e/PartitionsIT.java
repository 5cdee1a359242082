package io.skep.e2e;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.response.PartitionInfo;
import io.grpc.ManagedChannelBuilder;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several partitions on one broker, and what monitoring says of them.
class PartitionsIT {
  private static final int PARTITIONS = 3;

  @TempDir static Path directory;
  private static SkepProcess skep;
  private static ZeebeClient client;

  @BeforeAll
  static void start() {
    skep =
        SkepProcess.broker(directory)
            .with("ZEEBE_BROKER_CLUSTER_PARTITIONSCOUNT", PARTITIONS)
            .start();
    client = skep.client();
  }

  @AfterAll
  static void stop() {
    client.close();
    skep.close();
  }

  @Test
  void shouldLeadAllPartitions() {
    // when
    var topology = client.newTopologyRequest().send().join();

    // then
    assertEquals(PARTITIONS, topology.getPartitionsCount());
    var partitions = topology.getBrokers().getFirst().getPartitions();
    assertTrue(partitions.stream().allMatch(PartitionInfo::isLeader), partitions::toString);
    assertEquals(PARTITIONS, partitions.size());
  }

  @Test
  void shouldKnowAProcessOnEveryPartitionAsSoonAsItIsDeployed() {
    for (int round = 0; round < 5; round++) {
      // given
      String processId = "at-once-" + round;
      Models.deploy(client, Models.oneTask(processId, processId));

      // when
      var keys = new HashSet<Long>();
      for (int i = 0; i < 2 * PARTITIONS; i++) keys.add(Models.create(client, processId));

      // then
      var counts = new TreeMap<Integer, Integer>();
      keys.forEach(key -> counts.merge(Models.partitionOf(key), 1, Integer::sum));
      assertEquals(2 * PARTITIONS, keys.size());
      assertEquals(Set.of(1, 2, 3), counts.keySet());
      assertTrue(counts.values().stream().allMatch(count -> count == 2), counts::toString);
    }
  }

  @Test
  void shouldKeepAJobOnThePartitionOfItsInstance() {
    // given
    Models.deploy(client, Models.oneTask("keys", "keys-work"));
    var instances = new HashSet<Long>();
    for (int i = 0; i < 4 * PARTITIONS; i++) instances.add(Models.create(client, "keys"));

    // when
    var jobs = new HashMap<Long, Long>();
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (jobs.size() < instances.size() && System.nanoTime() < deadline) {
      jobs.putAll(
          client
              .newActivateJobsCommand()
              .jobType("keys-work")
              .maxJobsToActivate(5)
              .requestTimeout(Duration.ofSeconds(2))
              .send()
              .join()
              .getJobs()
              .stream()
              .collect(toMap(job -> job.getKey(), job -> job.getProcessInstanceKey())));
    }

    // then
    assertEquals(instances, Set.copyOf(jobs.values()));
    jobs.forEach(
        (job, instance) -> assertEquals(Models.partitionOf(instance), Models.partitionOf(job)));
    jobs.keySet().forEach(key -> client.newCompleteCommand(key).send().join());
  }

  @Test
  void shouldTellItsHealthOverGrpc() {
    // given
    var channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", skep.ports.gateway()).usePlaintext().build();

    // when
    try {
      var health = HealthGrpc.newBlockingStub(channel);
      var overall = health.check(HealthCheckRequest.getDefaultInstance());
      var gateway =
          health.check(
              HealthCheckRequest.newBuilder().setService("gateway_protocol.Gateway").build());

      // then
      assertEquals(ServingStatus.SERVING, overall.getStatus());
      assertEquals(ServingStatus.SERVING, gateway.getStatus());
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void shouldAnswerProbes() {
    for (String path : List.of("/ready", "/health", "/startup", "/actuator/health/readiness")) {
      // when
      var page = skep.page(path);

      // then
      assertEquals(200, page.statusCode(), path);
      assertTrue(page.body().contains("\"status\":\"UP\""), page::body);
    }
  }

  @Test
  void shouldCountWhatItDoes() {
    // given
    Models.deploy(client, Models.oneTask("counted", "counted-work"));
    var pageBefore = skep.page("/metrics").body();
    double before = sum(pageBefore, "zeebe_executed_instances_total");
    double createdBefore = sum(pageBefore, "zeebe_process_instance_creations_total");

    // when
    for (int i = 0; i < 4; i++) Models.create(client, "counted");

    // then
    var page = skep.page("/metrics").body();
    assertTrue(sum(page, "zeebe_executed_instances_total") >= before + 4, page);
    assertEquals(createdBefore + 4, sum(page, "zeebe_process_instance_creations_total"), page);
    assertTrue(page.contains("partition=\"" + PARTITIONS + "\""), page);
    assertTrue(sum(page, "jvm_memory_used_bytes") > 0, page);
  }

  private static double sum(String page, String metric) {
    return page.lines()
        .filter(line -> line.startsWith(metric))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
