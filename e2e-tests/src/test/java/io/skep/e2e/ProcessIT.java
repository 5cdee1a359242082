package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.command.ClientStatusException;
import io.camunda.zeebe.client.api.response.PartitionBrokerRole;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes run by a broker and the client that most users have.
class ProcessIT {
  @TempDir static Path directory;
  @AutoClose private static RunningBroker running;
  private static ZeebeClient client;

  @BeforeAll
  static void start() {
    running = new RunningBroker(directory);
    client = running.client;
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
    assertEquals("127.0.0.1:" + running.skep.ports.command(), broker.getAddress());
    assertEquals(PartitionBrokerRole.LEADER, broker.getPartitions().getFirst().getRole());
  }

  @Test
  void shouldTakeTheFlowWhoseConditionHolds() {
    // given
    Models.deploy(
        client,
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
    var large =
        Calls.createWithResult(
            client, "decision", "{\"amount\":1001,\"customer\":{\"isNew\":true}}");
    var small =
        Calls.createWithResult(
            client, "decision", "{\"amount\":1000,\"customer\":{\"isNew\":true}}");

    // then
    assertEquals("check", large.get("way"));
    assertEquals("ship", small.get("way"));
  }

  @Test
  void shouldWaitAtATimer() {
    // given
    Models.deploy(
        client,
        Bpmn.createExecutableProcess("timer")
            .startEvent()
            .intermediateCatchEvent("wait", event -> event.timerWithDuration("PT1S"))
            .endEvent()
            .done());
    long startedAt = System.nanoTime();

    // when
    Calls.createWithResult(client, "timer", "{}");

    // then
    long tookMs = (System.nanoTime() - startedAt) / 1_000_000;
    assertTrue(tookMs >= 1_000, "took " + tookMs + " ms");
  }

  @Test
  void shouldTakeTheWayOfABoundaryTimerWhenNobodyDoesTheJob() {
    // given
    Models.deploy(
        client,
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
    var result = Calls.createWithResult(client, "boundary", "{}");

    // then
    assertEquals(Map.of("late", true), result);
    assertEquals(List.of(), Calls.activate(client, "boundary-work"));
  }

  @Test
  void shouldGoOnWhenAnIncidentIsResolved() {
    // given
    Models.deploy(
        client,
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
    var incident = running.records.incident(instanceKey);
    assertEquals("decide", incident.at("/value/elementId").asText());
    assertTrue(incident.at("/value/errorMessage").asText().contains("amount"));

    // when
    client.newSetVariablesCommand(instanceKey).variables(Map.of("amount", 11)).send().join();
    client.newResolveIncidentCommand(incident.get("key").asLong()).send().join();

    // then
    running.records.element(instanceKey, "much", "ELEMENT_COMPLETED");
    running.records.element(instanceKey, "incident", "ELEMENT_COMPLETED");
    Calls.assertNotFound(() -> client.newCancelInstanceCommand(instanceKey).send().join());
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
    var failure = assertThrows(ClientStatusException.class, () -> Models.deploy(client, model));

    // then
    assertEquals(Status.Code.INVALID_ARGUMENT, failure.getStatusCode());
    var text = failure.getStatus().getDescription();
    assertTrue(text.contains("Element: other"), text);
    assertTrue(text.contains("not supported"), text);
  }
}
