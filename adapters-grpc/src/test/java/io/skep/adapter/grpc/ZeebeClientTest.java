package io.skep.adapter.grpc;

import static io.skep.adapter.grpc.Samples.CREATED;
import static io.skep.adapter.grpc.Samples.deployed;
import static io.skep.adapter.grpc.Samples.job;
import static io.skep.adapter.grpc.Samples.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.command.ClientStatusException;
import io.camunda.zeebe.client.api.response.PartitionBrokerRole;
import io.grpc.Status;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;
import io.skep.domain.engine.Answer.InstanceCompleted;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The client that most users have, unchanged.
class ZeebeClientTest {
  private final ServerFixture fixture = new ServerFixture();
  private final FakeGateway gateway = fixture.gateway;
  private final ZeebeClient client =
      ZeebeClient.newClientBuilder()
          .grpcAddress(URI.create("http://127.0.0.1:" + fixture.server.port()))
          .usePlaintext()
          .build();

  @AfterEach
  void close() {
    client.close();
    fixture.close();
  }

  @Test
  void shouldAskForTheTopology() {
    // given
    var partition = new PartitionState(1, PartitionRole.LEADER, 4, true);
    var broker = new Broker(0, new Address("broker-0", 26501), "0.1.0", List.of(partition));
    gateway.topology = new Topology(List.of(broker), 1, 1, 1);

    // when
    var topology = client.newTopologyRequest().send().join();

    // then
    assertEquals("8.6.0", topology.getGatewayVersion());
    assertEquals("broker-0:26501", topology.getBrokers().getFirst().getAddress());
    assertEquals(
        PartitionBrokerRole.LEADER,
        topology.getBrokers().getFirst().getPartitions().getFirst().getRole());
  }

  @Test
  void shouldDeploy() {
    // given
    var file = new Resource("order.bpmn", new byte[0]);
    gateway.answerWith(deployed(file));

    // when
    var deployment =
        client
            .newDeployResourceCommand()
            .addResourceStringUtf8("<xml/>", "order.bpmn")
            .send()
            .join();

    // then
    var sent = assertInstanceOf(DeployResources.class, gateway.nextCommand());
    assertEquals(
        "<xml/>", new String(sent.resources().getFirst().content(), StandardCharsets.UTF_8));
    assertEquals(7, deployment.getKey());
    assertEquals(8, deployment.getProcesses().getFirst().getProcessDefinitionKey());
  }

  @Test
  void shouldCreateAnInstance() {
    // given
    gateway.answerWith(CREATED);

    // when
    var instance =
        client
            .newCreateInstanceCommand()
            .bpmnProcessId("order")
            .latestVersion()
            .variables(Map.of("a", 1))
            .send()
            .join();

    // then
    assertEquals(
        new CreateProcessInstance("order", -1, 0, json("{\"a\":1}"), null, "<default>"),
        gateway.nextCommand());
    assertEquals(12, instance.getProcessInstanceKey());
  }

  @Test
  void shouldCreateAnInstanceAndAwaitItsResult() {
    // given
    gateway.answerWith(new InstanceCompleted(CREATED, json("{\"b\":[1,\"x\"]}")));

    // when
    var result =
        client
            .newCreateInstanceCommand()
            .bpmnProcessId("order")
            .latestVersion()
            .withResult()
            .send()
            .join();

    // then
    assertEquals(Map.of("b", List.of(1, "x")), result.getVariablesAsMap());
  }

  @Test
  void shouldSeeTheStatusOfARejection() {
    // given
    gateway.answerWith(new Rejection(Rejection.Reason.NOT_FOUND, "Expected an instance"));

    // when
    var failure =
        assertThrows(
            ClientStatusException.class, () -> client.newCancelInstanceCommand(5).send().join());

    // then
    assertEquals(Status.Code.NOT_FOUND, failure.getStatusCode());
    assertTrue(failure.getMessage().contains("Expected an instance"), failure::getMessage);
  }

  @Test
  void shouldWork() throws InterruptedException {
    // given
    var worker =
        client
            .newWorker()
            .jobType("work")
            .handler(
                (jobs, job) -> {
                  if (job.getKey() == 2) throw new IllegalStateException("broken");
                  jobs.newCompleteCommand(job)
                      .variables(Map.of("done", job.getVariablesAsMap().get("a")))
                      .send()
                      .join();
                })
            .timeout(Duration.ofMinutes(1))
            .open();
    try (worker) {
      // when
      var poll = gateway.activations.poll(5, SECONDS);
      assertNotNull(poll, "the worker does not ask");
      assertTrue(poll.receiver().onJobs(List.of(job(1, "{\"a\":7}"))));
      poll.receiver().onDone();

      // then
      assertEquals("work", poll.command().type());
      assertEquals(32, poll.command().maxJobs());
      assertEquals(60_000, poll.command().timeoutMs());
      assertEquals(10_000, poll.requestTimeoutMs());
      assertEquals(new CompleteJob(1, json("{\"done\":7}")), gateway.nextCommand());

      // when
      var next = gateway.activations.poll(5, SECONDS);
      assertNotNull(next, "the worker does not ask again");
      assertTrue(next.receiver().onJobs(List.of(job(2, "{}"))));
      next.receiver().onDone();

      // then
      var failed = assertInstanceOf(FailJob.class, gateway.nextCommand());
      assertEquals(2, failed.jobKey());
      assertEquals(2, failed.retries());
      assertTrue(failed.errorMessage().contains("broken"), failed::errorMessage);
    }
  }

  @Test
  void shouldGoOnWorkingThoughThereIsNoJobStream() throws InterruptedException {
    // given
    var worker =
        client
            .newWorker()
            .jobType("work")
            .handler((jobs, job) -> jobs.newCompleteCommand(job).send().join())
            .streamEnabled(true)
            .open();
    try (worker) {
      // when
      var poll = gateway.activations.poll(5, SECONDS);
      assertNotNull(poll, "the worker does not ask");
      assertTrue(poll.receiver().onJobs(List.of(job(1, "{}"))));
      poll.receiver().onDone();

      // then
      assertEquals(new CompleteJob(1, JsonObject.empty()), gateway.nextCommand());
    }
  }
}
