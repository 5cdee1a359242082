package io.skep.adapter.grpc;

import static io.skep.adapter.grpc.Samples.CREATED;
import static io.skep.adapter.grpc.Samples.VARIABLES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc.GatewayBlockingStub;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CancelProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceWithResultRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ResolveIncidentRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.SetVariablesRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.UpdateJobRetriesRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.UpdateJobTimeoutRequest;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Answer.InstanceCompleted;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.ResultRequest;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.engine.job.JobCommand.ThrowError;
import io.skep.domain.engine.job.JobCommand.UpdateJobRetries;
import io.skep.domain.engine.job.JobCommand.UpdateJobTimeout;
import io.skep.domain.engine.variable.VariableCommand.SetVariables;
import io.skep.domain.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls that create instances, and that ask something of what they consist of.
class InstanceRpcsTest {
  @AutoClose private final ServerFixture fixture = new ServerFixture();
  private final FakeGateway gateway = fixture.gateway;
  private final GatewayBlockingStub stub = fixture.stub;

  @Test
  void shouldCreateAnInstance() {
    // given
    gateway.answerWith(CREATED);

    // when
    var response =
        stub.createProcessInstance(
            CreateProcessInstanceRequest.newBuilder()
                .setBpmnProcessId("order")
                .setVersion(-1)
                .setProcessDefinitionKey(5)
                .setVariables("{\"a\": 1}")
                .setTenantId("<default>")
                .setOperationReference(9)
                .build());

    // then
    assertEquals(
        new CreateProcessInstance("order", -1, 5, VARIABLES, null, "<default>"),
        gateway.nextCommand());
    assertEquals(
        CreateProcessInstanceResponse.newBuilder()
            .setProcessDefinitionKey(11)
            .setBpmnProcessId("order")
            .setVersion(3)
            .setProcessInstanceKey(12)
            .setTenantId("<default>")
            .build(),
        response);
  }

  @Test
  void shouldCreateAnInstanceAndAwaitItsResult() throws InterruptedException {
    // given
    gateway.answerWith(new InstanceCompleted(CREATED, VARIABLES));

    // when
    var response =
        stub.createProcessInstanceWithResult(
            CreateProcessInstanceWithResultRequest.newBuilder()
                .setRequest(CreateProcessInstanceRequest.newBuilder().setBpmnProcessId("order"))
                .setRequestTimeout(1_234)
                .addFetchVariables("a")
                .build());

    // then
    var sent = gateway.sent.take();
    assertEquals(1_234, sent.timeoutMs());
    assertEquals(
        new CreateProcessInstance(
            "order", 0, 0, JsonObject.empty(), new ResultRequest(List.of("a")), "<default>"),
        sent.command());
    assertEquals("{\"a\":1}", response.getVariables());
    assertEquals(12, response.getProcessInstanceKey());
    assertEquals(11, response.getProcessDefinitionKey());
    assertEquals("order", response.getBpmnProcessId());
    assertEquals(3, response.getVersion());
    assertEquals("<default>", response.getTenantId());
  }

  @Test
  void shouldPassOnWhatIsAskedOfEntities() {
    for (var entry : requestsAnsweredWithDone().entrySet()) {
      // when
      entry.getValue().accept(stub);

      // then
      assertEquals(entry.getKey(), gateway.nextCommand());
    }
  }

  private static Map<Command, Consumer<GatewayBlockingStub>> requestsAnsweredWithDone() {
    return Map.of(
        new CancelProcessInstance(5),
        stub ->
            stub.cancelProcessInstance(
                CancelProcessInstanceRequest.newBuilder().setProcessInstanceKey(5).build()),
        new CompleteJob(5, VARIABLES),
        stub ->
            stub.completeJob(
                CompleteJobRequest.newBuilder().setJobKey(5).setVariables("{'a':1}").build()),
        new FailJob(5, 2, 300, "no", VARIABLES),
        stub ->
            stub.failJob(
                FailJobRequest.newBuilder()
                    .setJobKey(5)
                    .setRetries(2)
                    .setRetryBackOff(300)
                    .setErrorMessage("no")
                    .setVariables("{\"a\":1}")
                    .build()),
        new FailJob(6, -1, 0, "", JsonObject.empty()),
        stub ->
            stub.failJob(
                FailJobRequest.newBuilder()
                    .setJobKey(6)
                    .setRetries(-1)
                    .setRetryBackOff(-7)
                    .build()),
        new ThrowError(5, "code", "text", VARIABLES),
        stub ->
            stub.throwError(
                ThrowErrorRequest.newBuilder()
                    .setJobKey(5)
                    .setErrorCode("code")
                    .setErrorMessage("text")
                    .setVariables("{\"a\":1}")
                    .build()),
        new UpdateJobRetries(5, 4),
        stub ->
            stub.updateJobRetries(
                UpdateJobRetriesRequest.newBuilder().setJobKey(5).setRetries(4).build()),
        new UpdateJobTimeout(5, 400),
        stub ->
            stub.updateJobTimeout(
                UpdateJobTimeoutRequest.newBuilder().setJobKey(5).setTimeout(400).build()),
        new ResolveIncident(5),
        stub ->
            stub.resolveIncident(ResolveIncidentRequest.newBuilder().setIncidentKey(5).build()));
  }

  @Test
  void shouldSetVariables() {
    // given
    gateway.answerWith(new Done(77));

    // when
    var response =
        stub.setVariables(
            SetVariablesRequest.newBuilder()
                .setElementInstanceKey(5)
                .setVariables("{\"a\":1}")
                .setLocal(true)
                .build());

    // then
    assertEquals(new SetVariables(5, VARIABLES, true), gateway.nextCommand());
    assertEquals(77, response.getKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null"})
  void shouldTakeNoTextForNoVariables(String variables) {
    // when
    var response =
        stub.completeJob(
            CompleteJobRequest.newBuilder().setJobKey(5).setVariables(variables).build());

    // then
    assertEquals(0, response.getSerializedSize());
    assertEquals(new CompleteJob(5, JsonObject.empty()), gateway.nextCommand());
  }
}
