package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.command.ClientException;
import io.camunda.zeebe.client.api.response.ActivatedJob;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Leaders that are lost, and how long their partition's clients notice.
class FailoverIT {
  /// `-Drounds=` for figures that mean more.
  private static final int ROUNDS = Integer.getInteger("rounds", 1);

  /// What a busy machine may take. Quiet ones take a third of it, see docs/cluster.md.
  private static final long MOST_MS = 4_000;

  private static final Set<Status.Code> OUTAGE =
      Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED);

  @TempDir static Path directory;
  private static Cluster cluster;
  private static ZeebeClient client;
  private static long[] instances;

  @BeforeAll
  static void start() {
    cluster = Cluster.start(directory);
    client = cluster.client();
    Models.deploy(client, Models.oneTask("failover", "failover-work"));
    instances = Models.createOnEach(client, "failover", Cluster.PARTITIONS);
  }

  @AfterAll
  static void stop() {
    client.close();
    cluster.close();
  }

  @Test
  void shouldServeSoonAfterTheLeaderWasKilled() {
    measure(
        "killed",
        SkepProcess::kill,
        leader -> {
          leader.start();
        });
  }

  @Test
  void shouldServeSoonAfterTheLeaderWasPaused() {
    measure("paused", SkepProcess::suspend, SkepProcess::resume);
  }

  @Test
  void shouldServeSoonAfterTheLeaderWasCutOff() {
    measure("cut off", cluster.network::cutOff, _ -> cluster.network.heal());
  }

  @Test
  void shouldGoOnWaitingForJobsWhenALeaderIsLost() {
    // given
    Models.deploy(client, Models.oneTask("parked", "parked-work"));
    var jobs =
        client
            .newActivateJobsCommand()
            .jobType("parked-work")
            .maxJobsToActivate(1)
            .requestTimeout(Duration.ofSeconds(60))
            .send();
    SkepProcess.pause(500);
    SkepProcess leader = cluster.leaderOf(2, client);

    // when
    leader.kill();
    try {
      long created = 0;
      while (Models.partitionOf(created) != 2) created = Models.create(client, "parked");

      // then
      var found = jobs.join(30, TimeUnit.SECONDS).getJobs();
      assertEquals(1, found.size());
    } finally {
      leader.start();
    }
  }

  @Test
  void shouldHardlyNoticeThatTheLeaderStops() {
    measure("stopped", SkepProcess::terminate, SkepProcess::start);
  }

  @Test
  void shouldRefuseABrokerWhoseDiskWasLostUntilItIsReadmitted() throws IOException {
    // given
    Models.deploy(client, Models.oneTask("lost-disk", "lost-disk-work"));
    var created = new HashSet<Long>();
    for (int i = 0; i < 30; i++) created.add(Models.create(client, "lost-disk"));
    SkepProcess lost = cluster.brokers.get(2);
    lost.terminate();
    try (var files = Files.walk(lost.directory.resolve("data"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }

    // when
    int code = lost.launch().exitCode();

    // then
    assertEquals(1, code, lost::log);
    assertTrue(lost.log().contains("--skep.broker.data.readmit=true"), lost::log);

    // when
    lost.with("SKEP_BROKER_DATA_READMIT", true).start().without("SKEP_BROKER_DATA_READMIT");
    // It leads again as soon as it has caught up.
    Cluster.await(client, seen -> Set.copyOf(Cluster.leaders(seen).values()).size() == 3);
    SkepProcess other = cluster.brokers.get(0);
    other.kill();

    // then
    try {
      var completed = new HashSet<Long>();
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (completed.size() < created.size() && System.nanoTime() < deadline) {
        complete("lost-disk-work", completed);
      }
      assertEquals(created, completed, cluster::logs);
    } finally {
      other.start();
    }
  }

  /// Completes jobs as far as their partitions have a leader.
  private static void complete(String jobType, Set<Long> completed) {
    try {
      var jobs =
          client
              .newActivateJobsCommand()
              .jobType(jobType)
              .maxJobsToActivate(30)
              .timeout(Duration.ofSeconds(5))
              .requestTimeout(Duration.ofSeconds(2))
              .send()
              .join()
              .getJobs();
      for (ActivatedJob job : jobs) {
        // That it is handed out shows that it was not lost.
        completed.add(job.getProcessInstanceKey());
        client.newCompleteCommand(job).send().join();
      }
    } catch (ClientException _) {
      // What is left is found the next time.
      SkepProcess.pause(200);
    }
  }

  private static void measure(
      String what, Consumer<SkepProcess> fault, Consumer<SkepProcess> repair) {
    var outages = new ArrayList<Long>();
    var waits = new ArrayList<Long>();
    for (int round = 0; round < ROUNDS; round++) {
      int partition = round % Cluster.PARTITIONS + 1;
      // given: leads move back for a while after each fault
      cluster.awaitRest(client);
      SkepProcess leader = cluster.leaderOf(partition, client);
      try (var pulse = new Pulse(client, instances[partition])) {
        SkepProcess.pause(500);

        assertSame(leader, cluster.leaderOf(partition, client), "the lead moved by itself");

        // when
        long since = System.nanoTime();
        fault.accept(leader);

        // then
        outages.add(pulse.outageMs(since, 30_000));
        waits.add(pulse.longestWaitMs());
        repair.accept(leader);
        assertOutage(pulse.failures());
      }
      SkepProcess.pause(2_000);
    }
    var sorted = outages.stream().sorted().toList();
    System.out.printf(
        "Leader %s: median %d ms, worst %d ms without service, of %s; commands waited %s ms at most%n",
        what, sorted.get(sorted.size() / 2), sorted.getLast(), outages, waits);
    // Nobody waits for a leader that will not answer, if the next one is there.
    assertTrue(Collections.max(waits) < Pulse.TIMEOUT.toMillis() / 2, waits::toString);
    assertTrue(sorted.getLast() < MOST_MS, () -> outages + "\n" + cluster.logs());
  }

  private static void assertOutage(List<Status> failures) {
    for (Status failure : failures) {
      assertTrue(OUTAGE.contains(failure.getCode()), failure::toString);
    }
  }
}
