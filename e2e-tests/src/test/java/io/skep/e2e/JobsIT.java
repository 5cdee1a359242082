package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.response.ActivatedJob;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs that a broker hands to workers, pushed or asked for.
class JobsIT {
  @TempDir static Path directory;
  @AutoClose private static RunningBroker running;
  private static ZeebeClient client;

  @BeforeAll
  static void start() {
    running = new RunningBroker(directory);
    client = running.client;
  }

  @Test
  void shouldHandVariablesToAWorkerAndItsResultToTheClient() {
    // given
    Models.deploy(client, Models.oneTask("variables", "variables-work"));
    try (var _ =
        client
            .newWorker()
            .jobType("variables-work")
            .handler(
                (jobs, job) ->
                    jobs.newCompleteCommand(job)
                        .variables(Map.of("total", (int) job.getVariable("amount") * 2))
                        .send()
                        .join())
            .open()) {

      // when
      var result = Calls.createWithResult(client, "variables", "{\"amount\":21,\"name\":\"Ada\"}");

      // then
      assertEquals(Map.of("amount", 21, "name", "Ada", "total", 42), result);
    }
  }

  @Test
  void shouldPushJobsToAWorker() throws Exception {
    // given
    Models.deploy(client, Models.oneTask("push", "push-work"));
    var received = new LinkedBlockingQueue<ActivatedJob>();
    var stream =
        client
            .newStreamJobsCommand()
            .jobType("push-work")
            .consumer(received::add)
            .workerName("streamer")
            .send();
    awaitOpenStreams(1);

    // when
    long instanceKey = Models.create(client, "push");

    // then
    ActivatedJob job = received.poll(5, TimeUnit.SECONDS);
    assertEquals(instanceKey, job.getProcessInstanceKey());
    assertEquals("streamer", job.getWorker());
    client.newCompleteCommand(job).send().join();

    // when
    stream.cancel(true);

    // then
    awaitOpenStreams(0);
  }

  private static void awaitOpenStreams(int count) throws Exception {
    String line = "zeebe_broker_open_job_stream_count{partition=\"1\"} " + count + ".0";
    Instant end = Instant.now().plusSeconds(10);
    String page;
    do {
      page = running.skep.page("/metrics").body();
      if (page.contains(line)) return;
      SkepProcess.pause(20);
    } while (Instant.now().isBefore(end));
    throw new AssertionError("Expected '" + line + "' in " + page);
  }

  @Test
  void shouldServeWorkersThatStreamAndPoll() throws Exception {
    // given: jobs that a stream leaves to polls, and jobs that it gets
    Models.deploy(client, Models.oneTask("both", "both-work"));
    for (int i = 0; i < 20; i++) Models.create(client, "both");
    var done = new ConcurrentHashMap<Long, Integer>();
    try (var _ =
        client
            .newWorker()
            .jobType("both-work")
            .handler(
                (jobs, job) -> {
                  done.merge(job.getKey(), 1, Integer::sum);
                  jobs.newCompleteCommand(job).send().join();
                })
            .streamEnabled(true)
            .open()) {

      // when
      for (int i = 0; i < 20; i++) Models.create(client, "both");

      // then
      Instant end = Instant.now().plusSeconds(20);
      while (done.size() < 40 && Instant.now().isBefore(end)) SkepProcess.pause(20);
      assertEquals(40, done.size());
      assertTrue(done.values().stream().allMatch(times -> times == 1), done::toString);
    }
  }

  @Test
  void shouldWakeUpARequestForJobsThatWaits() throws Exception {
    // given
    Models.deploy(client, Models.oneTask("wake-up", "wake-up-work"));
    CompletableFuture<List<ActivatedJob>> request =
        client
            .newActivateJobsCommand()
            .jobType("wake-up-work")
            .maxJobsToActivate(5)
            .requestTimeout(Duration.ofSeconds(20))
            .send()
            .toCompletableFuture()
            .thenApply(response -> response.getJobs());
    SkepProcess.pause(200);
    assertTrue(!request.isDone(), "answered without jobs");

    // when
    long instanceKey = Models.create(client, "wake-up");

    // then
    var jobs = request.get(5, TimeUnit.SECONDS);
    assertEquals(instanceKey, jobs.getFirst().getProcessInstanceKey());
    assertEquals(1, jobs.size());
  }

  @Test
  void shouldRaiseAnIncidentWhenAJobHasNoRetriesLeft() {
    // given
    Models.deploy(client, Models.oneTask("retries", "retries-work"));
    long instanceKey = Models.create(client, "retries");
    var job = Calls.activate(client, "retries-work").getFirst();
    client.newFailCommand(job).retries(0).errorMessage("no luck").send().join();
    var incident = running.records.incident(instanceKey);
    assertEquals("no luck", incident.at("/value/errorMessage").asText());

    // when
    client.newUpdateRetriesCommand(job).retries(1).send().join();
    client.newResolveIncidentCommand(incident.get("key").asLong()).send().join();

    // then
    var again = Calls.activate(client, "retries-work").getFirst();
    assertEquals(job.getKey(), again.getKey());
    client.newCompleteCommand(again).send().join();
    Calls.assertNotFound(() -> client.newCompleteCommand(again).send().join());
  }

  @Test
  void shouldGiveAJobToAnotherWorkerOnlyAfterItsTimeOut() {
    // given
    Models.deploy(client, Models.oneTask("time-out", "time-out-work"));
    Models.create(client, "time-out");
    var first = Calls.activate(client, "time-out-work", Duration.ofSeconds(2)).getFirst();

    // when
    ActivatedJob second =
        client
            .newActivateJobsCommand()
            .jobType("time-out-work")
            .maxJobsToActivate(1)
            .requestTimeout(Duration.ofSeconds(20))
            .send()
            .join()
            .getJobs()
            .getFirst();

    // then
    assertEquals(first.getKey(), second.getKey());
    long activatedAtMs = second.getDeadline() - Duration.ofMinutes(5).toMillis();
    assertTrue(activatedAtMs >= first.getDeadline(), "too early by the broker's clock");
  }
}
