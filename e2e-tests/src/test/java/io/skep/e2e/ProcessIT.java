package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.command.ClientStatusException;
import io.camunda.zeebe.client.api.response.ActivatedJob;
import io.camunda.zeebe.client.api.response.PartitionBrokerRole;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Processes run by a broker and the client that most users have.
class ProcessIT {
  @TempDir static Path directory;
  private static SkepProcess skep;
  private static ZeebeClient client;
  private static RecordLogFile records;

  @BeforeAll
  static void start() {
    records = new RecordLogFile(directory.resolve("records.jsonl"));
    skep =
        SkepProcess.broker(directory)
            .with("SKEP_BROKER_RECORDLOG_FILE", records.path().toAbsolutePath())
            .start();
    client = skep.client();
  }

  @AfterAll
  static void stop() {
    client.close();
    skep.close();
  }

  @Test
  void shouldTellTheTopology() {
    // when
    var topology = client.newTopologyRequest().send().join();

    // then
    assertEquals(1, topology.getClusterSize());
    assertEquals(1, topology.getPartitionsCount());
    assertEquals(1, topology.getReplicationFactor());
    var broker = topology.getBrokers().getFirst();
    assertEquals("127.0.0.1:" + skep.ports.command(), broker.getAddress());
    assertEquals(PartitionBrokerRole.LEADER, broker.getPartitions().getFirst().getRole());
  }

  @Test
  void shouldHandVariablesToAWorkerAndItsResultToTheClient() {
    // given
    deploy(Models.oneTask("variables", "variables-work"));
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
      var result = createWithResult("variables", "{\"amount\":21,\"name\":\"Ada\"}");

      // then
      assertEquals(Map.of("amount", 21, "name", "Ada", "total", 42), result);
    }
  }

  @Test
  void shouldPushJobsToAWorker() throws Exception {
    // given
    deploy(Models.oneTask("push", "push-work"));
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
      page = skep.page("/metrics").body();
      if (page.contains(line)) return;
      SkepProcess.pause(20);
    } while (Instant.now().isBefore(end));
    throw new AssertionError("Expected '" + line + "' in " + page);
  }

  @Test
  void shouldServeWorkersThatStreamAndPoll() throws Exception {
    // given: jobs that a stream leaves to polls, and jobs that it gets
    deploy(Models.oneTask("both", "both-work"));
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
    deploy(Models.oneTask("wake-up", "wake-up-work"));
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
  void shouldTakeTheFlowWhoseConditionHolds() {
    // given
    deploy(
        Bpmn.createExecutableProcess("decision")
            .startEvent()
            .exclusiveGateway("large")
            .conditionExpression("amount > 1000 and customer.isNew")
            .scriptTask("yes", task -> task.zeebeExpression("\"check\"").zeebeResultVariable("way"))
            .endEvent()
            .moveToLastExclusiveGateway()
            .defaultFlow()
            .scriptTask("no", task -> task.zeebeExpression("\"ship\"").zeebeResultVariable("way"))
            .endEvent()
            .done());

    // when
    var large = createWithResult("decision", "{\"amount\":1001,\"customer\":{\"isNew\":true}}");
    var small = createWithResult("decision", "{\"amount\":1000,\"customer\":{\"isNew\":true}}");

    // then
    assertEquals("check", large.get("way"));
    assertEquals("ship", small.get("way"));
  }

  @Test
  void shouldWaitAtATimer() {
    // given
    deploy(
        Bpmn.createExecutableProcess("timer")
            .startEvent()
            .intermediateCatchEvent("wait", event -> event.timerWithDuration("PT1S"))
            .endEvent()
            .done());
    long startedAt = System.nanoTime();

    // when
    createWithResult("timer", "{}");

    // then
    long tookMs = (System.nanoTime() - startedAt) / 1_000_000;
    assertTrue(tookMs >= 1_000, "took " + tookMs + " ms");
  }

  @Test
  void shouldTakeTheWayOfABoundaryTimerWhenNobodyDoesTheJob() {
    // given
    deploy(
        Bpmn.createExecutableProcess("boundary")
            .startEvent()
            .serviceTask("task", task -> task.zeebeJobType("boundary-work"))
            .boundaryEvent("too-late", event -> event.timerWithDuration("PT0.5S"))
            .scriptTask("late", task -> task.zeebeExpression("true").zeebeResultVariable("late"))
            .endEvent()
            .moveToActivity("task")
            .endEvent()
            .done());

    // when
    var result = createWithResult("boundary", "{}");

    // then
    assertEquals(Map.of("late", true), result);
    assertEquals(List.of(), activate("boundary-work"));
  }

  @Test
  void shouldGoOnWhenAnIncidentIsResolved() {
    // given
    deploy(
        Bpmn.createExecutableProcess("incident")
            .startEvent()
            .exclusiveGateway("decide")
            .conditionExpression("amount > 10")
            .endEvent("much")
            .moveToLastExclusiveGateway()
            .defaultFlow()
            .endEvent("little")
            .done());
    long instanceKey = Models.create(client, "incident");
    var incident = records.incident(instanceKey);
    assertEquals("decide", incident.at("/value/elementId").asText());
    assertTrue(incident.at("/value/errorMessage").asText().contains("amount"));

    // when
    client.newSetVariablesCommand(instanceKey).variables(Map.of("amount", 11)).send().join();
    client.newResolveIncidentCommand(incident.get("key").asLong()).send().join();

    // then
    records.element(instanceKey, "much", "ELEMENT_COMPLETED");
    records.element(instanceKey, "incident", "ELEMENT_COMPLETED");
    assertNotFound(() -> client.newCancelInstanceCommand(instanceKey).send().join());
  }

  @Test
  void shouldRaiseAnIncidentWhenAJobHasNoRetriesLeft() {
    // given
    deploy(Models.oneTask("retries", "retries-work"));
    long instanceKey = Models.create(client, "retries");
    var job = activate("retries-work").getFirst();
    client.newFailCommand(job).retries(0).errorMessage("no luck").send().join();
    var incident = records.incident(instanceKey);
    assertEquals("no luck", incident.at("/value/errorMessage").asText());

    // when
    client.newUpdateRetriesCommand(job).retries(1).send().join();
    client.newResolveIncidentCommand(incident.get("key").asLong()).send().join();

    // then
    var again = activate("retries-work").getFirst();
    assertEquals(job.getKey(), again.getKey());
    client.newCompleteCommand(again).send().join();
    assertNotFound(() -> client.newCompleteCommand(again).send().join());
  }

  @Test
  void shouldGiveAJobToAnotherWorkerOnlyAfterItsTimeOut() {
    // given
    deploy(Models.oneTask("time-out", "time-out-work"));
    Models.create(client, "time-out");
    var first = activate("time-out-work", Duration.ofSeconds(2)).getFirst();

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

  @Test
  void shouldRefuseAModelThatItCannotRun() {
    // given
    var model =
        Bpmn.createExecutableProcess("unsupported")
            .startEvent()
            .callActivity("other", call -> call.zeebeProcessId("other"))
            .endEvent()
            .done();

    // when
    var failure = assertThrows(ClientStatusException.class, () -> deploy(model));

    // then
    assertEquals(Status.Code.INVALID_ARGUMENT, failure.getStatusCode());
    var text = failure.getStatus().getDescription();
    assertTrue(text.contains("Element: other"), text);
    assertTrue(text.contains("not supported"), text);
  }

  private static void deploy(BpmnModelInstance model) {
    Models.deploy(client, model);
  }

  private static Map<String, Object> createWithResult(String processId, String variables) {
    return client
        .newCreateInstanceCommand()
        .bpmnProcessId(processId)
        .latestVersion()
        .variables(variables)
        .withResult()
        .requestTimeout(Duration.ofSeconds(20))
        .send()
        .join()
        .getVariablesAsMap();
  }

  private static List<ActivatedJob> activate(String jobType) {
    return activate(jobType, Duration.ofMinutes(5));
  }

  private static List<ActivatedJob> activate(String jobType, Duration timeout) {
    return client
        .newActivateJobsCommand()
        .jobType(jobType)
        .maxJobsToActivate(10)
        .timeout(timeout)
        .requestTimeout(Duration.ofSeconds(2))
        .send()
        .join()
        .getJobs();
  }

  private static void assertNotFound(Executable command) {
    var failure = assertThrows(ClientStatusException.class, command);
    assertEquals(Status.Code.NOT_FOUND, failure.getStatusCode());
  }
}
