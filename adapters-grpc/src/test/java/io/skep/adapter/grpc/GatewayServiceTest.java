package io.skep.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc.GatewayBlockingStub;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.BroadcastSignalRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.BroadcastSignalResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.BrokerInfo;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CancelProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceWithResultRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeleteResourceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployProcessRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployResourceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.EvaluateDecisionRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.MigrateProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ModifyProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.Partition;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ProcessInstanceCreationStartInstruction;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ProcessMetadata;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ProcessRequestObject;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ResolveIncidentRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.Resource;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.SetVariablesRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.UpdateJobRetriesRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.UpdateJobTimeoutRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Answer.InstanceCompleted;
import io.skep.domain.engine.Answer.InstanceCreated;
import io.skep.domain.engine.Answer.ResourcesDeployed;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.deployment.DeployedProcess;
import io.skep.domain.engine.deployment.DeploymentCommand.DeleteResource;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.ResultRequest;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.engine.job.JobCommand.ThrowError;
import io.skep.domain.engine.job.JobCommand.UpdateJobRetries;
import io.skep.domain.engine.job.JobCommand.UpdateJobTimeout;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import io.skep.domain.engine.signal.SignalCommand.BroadcastSignal;
import io.skep.domain.engine.variable.VariableCommand.SetVariables;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayServiceTest {
  private static final InstanceCreated CREATED =
      new InstanceCreated(11, "order", 3, 12, "<default>");
  private static final JsonObject VARIABLES = json("{\"a\":1}");

  private final ServerFixture fixture = new ServerFixture();
  private final FakeGateway gateway = fixture.gateway;
  private final GatewayBlockingStub stub = GatewayGrpc.newBlockingStub(fixture.channel);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void shouldTellTheTopology() {
    // given
    gateway.topology =
        new Topology(
            List.of(
                new Broker(
                    2,
                    new Address("broker-2", 26501),
                    "0.1.0",
                    List.of(
                        new PartitionState(1, PartitionRole.LEADER, 4, true),
                        new PartitionState(2, PartitionRole.FOLLOWER, 4, false),
                        new PartitionState(3, PartitionRole.INACTIVE, 4, true)))),
            5,
            3,
            2);

    // when
    var response = stub.topology(TopologyRequest.getDefaultInstance());

    // then
    var broker =
        BrokerInfo.newBuilder()
            .setNodeId(2)
            .setHost("broker-2")
            .setPort(26501)
            .setVersion("0.1.0")
            .addPartitions(partition(1, "LEADER", "HEALTHY"))
            .addPartitions(partition(2, "FOLLOWER", "UNHEALTHY"))
            .addPartitions(partition(3, "INACTIVE", "HEALTHY"));
    assertEquals(
        TopologyResponse.newBuilder()
            .addBrokers(broker)
            .setClusterSize(5)
            .setPartitionsCount(3)
            .setReplicationFactor(2)
            .setGatewayVersion("8.6.0")
            .build(),
        response);
  }

  @Test
  void shouldTellItsVersionThoughNoBrokerIsKnown() {
    // when
    var response = stub.topology(TopologyRequest.getDefaultInstance());

    // then
    assertEquals(TopologyResponse.newBuilder().setGatewayVersion("8.6.0").build(), response);
  }

  @Test
  void shouldDeployResources() {
    // given
    var file = new io.skep.domain.engine.deployment.Resource("order.bpmn", new byte[] {1, 2});
    gateway.answerWith(
        new ResourcesDeployed(
            7, List.of(new DeployedProcess("order", 3, 8, file, "<default>", false)), "<default>"));

    // when
    var response =
        stub.deployResource(
            DeployResourceRequest.newBuilder()
                .addResources(
                    Resource.newBuilder()
                        .setName("order.bpmn")
                        .setContent(ByteString.copyFrom(new byte[] {1, 2})))
                .build());

    // then
    var command = assertInstanceOf(DeployResources.class, lastCommand());
    assertEquals("<default>", command.tenantId());
    assertEquals("order.bpmn", command.resources().getFirst().name());
    assertArrayEquals(new byte[] {1, 2}, command.resources().getFirst().content());
    assertEquals(7, response.getKey());
    assertEquals("<default>", response.getTenantId());
    assertEquals(ORDER, response.getDeployments(0).getProcess());
  }

  private static final ProcessMetadata ORDER =
      ProcessMetadata.newBuilder()
          .setBpmnProcessId("order")
          .setVersion(3)
          .setProcessDefinitionKey(8)
          .setResourceName("order.bpmn")
          .setTenantId("<default>")
          .build();

  @Test
  @SuppressWarnings("deprecation")
  void shouldDeployProcessesTheOldWay() {
    // given
    var file = new io.skep.domain.engine.deployment.Resource("order.bpmn", new byte[] {1});
    gateway.answerWith(
        new ResourcesDeployed(
            7, List.of(new DeployedProcess("order", 3, 8, file, "<default>", false)), "<default>"));

    // when
    var response =
        stub.deployProcess(
            DeployProcessRequest.newBuilder()
                .addProcesses(
                    ProcessRequestObject.newBuilder()
                        .setName("order.bpmn")
                        .setDefinition(ByteString.copyFrom(new byte[] {1})))
                .build());

    // then
    var command = assertInstanceOf(DeployResources.class, lastCommand());
    assertEquals("order.bpmn", command.resources().getFirst().name());
    assertArrayEquals(new byte[] {1}, command.resources().getFirst().content());
    assertEquals(7, response.getKey());
    assertEquals(List.of(ORDER), response.getProcessesList());
  }

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
        new CreateProcessInstance("order", -1, 5, VARIABLES, null, "<default>"), lastCommand());
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
      assertEquals(entry.getKey(), lastCommand());
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
    assertEquals(new SetVariables(5, VARIABLES, true), lastCommand());
    assertEquals(77, response.getKey());
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, INVALID_ARGUMENT",
    "NOT_FOUND, NOT_FOUND",
    "ALREADY_EXISTS, ALREADY_EXISTS",
    "INVALID_STATE, FAILED_PRECONDITION",
    "PROCESSING_ERROR, INTERNAL",
    "EXCEEDED_BATCH_RECORD_SIZE, UNKNOWN"
  })
  void shouldTurnRejectionsIntoStatuses(Rejection.Reason reason, Status.Code code) {
    // given
    gateway.answerWith(new Rejection(reason, "because"));

    // when
    var failure = failure(() -> stub.completeJob(CompleteJobRequest.getDefaultInstance()));

    // then
    assertEquals(code, failure.getStatus().getCode());
    assertEquals(
        "Command 'COMPLETE' rejected with code '" + reason + "': because",
        failure.getStatus().getDescription());
  }

  @Test
  void shouldHaveAStatusForEveryReason() {
    for (var reason : Rejection.Reason.values()) {
      gateway.answerWith(new Rejection(reason, "because"));
      var failure = failure(() -> stub.completeJob(CompleteJobRequest.getDefaultInstance()));
      assertTrue(failure.getMessage().contains("rejected with code"), failure::getMessage);
    }
  }

  @Test
  void shouldNameTheRejectedIntent() {
    // given
    gateway.answerWith(new Rejection(Rejection.Reason.NOT_FOUND, "none"));
    Map<String, Executable> intents =
        Map.ofEntries(
            Map.entry("CANCEL", () -> stub.cancelProcessInstance(cancel())),
            Map.entry("COMPLETE", () -> stub.completeJob(CompleteJobRequest.getDefaultInstance())),
            Map.entry("FAIL", () -> stub.failJob(FailJobRequest.getDefaultInstance())),
            Map.entry("THROW_ERROR", () -> stub.throwError(ThrowErrorRequest.getDefaultInstance())),
            Map.entry(
                "UPDATE_RETRIES",
                () -> stub.updateJobRetries(UpdateJobRetriesRequest.getDefaultInstance())),
            Map.entry(
                "UPDATE_TIMEOUT",
                () -> stub.updateJobTimeout(UpdateJobTimeoutRequest.getDefaultInstance())),
            Map.entry(
                "RESOLVE", () -> stub.resolveIncident(ResolveIncidentRequest.getDefaultInstance())),
            Map.entry("UPDATE", () -> stub.setVariables(SetVariablesRequest.getDefaultInstance())),
            Map.entry(
                "CREATE",
                () ->
                    stub.createProcessInstance(CreateProcessInstanceRequest.getDefaultInstance())),
            Map.entry(
                "CREATE_WITH_AWAITING_RESULT",
                () ->
                    stub.createProcessInstanceWithResult(
                        CreateProcessInstanceWithResultRequest.getDefaultInstance())));

    // then
    intents.forEach(
        (intent, call) ->
            assertEquals(
                "Command '" + intent + "' rejected with code 'NOT_FOUND': none",
                failure(call).getStatus().getDescription()));
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_LEADER, UNAVAILABLE",
    "UNREACHABLE, UNAVAILABLE",
    "INTERRUPTED, UNAVAILABLE",
    "RESOURCE_EXHAUSTED, RESOURCE_EXHAUSTED",
    "TIMEOUT, DEADLINE_EXCEEDED",
    "MALFORMED, INVALID_ARGUMENT",
    "ANSWER_TOO_LARGE, OUT_OF_RANGE",
    "INTERNAL, INTERNAL"
  })
  void shouldTurnRefusalsIntoStatuses(Reason reason, Status.Code code) {
    // given
    gateway.replies = _ -> new Refused(reason, "because", -1);

    // when
    var failure = failure(() -> stub.completeJob(CompleteJobRequest.getDefaultInstance()));

    // then
    assertEquals(code, failure.getStatus().getCode());
    assertEquals("because", failure.getStatus().getDescription());
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void shouldHaveAStatusForEveryRefusal(Reason reason) {
    gateway.replies = _ -> new Refused(reason, "because", -1);
    assertEquals(
        "because",
        failure(() -> stub.completeJob(CompleteJobRequest.getDefaultInstance()))
            .getStatus()
            .getDescription());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "1", "{\"a\":", "{a:1}", "\"text\""})
  void shouldRefuseVariablesThatAreNoObject(String variables) {
    // when
    var failure =
        failure(
            () ->
                stub.completeJob(CompleteJobRequest.newBuilder().setVariables(variables).build()));

    // then
    assertEquals(Status.Code.INVALID_ARGUMENT, failure.getStatus().getCode());
    assertTrue(gateway.sent.isEmpty());
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
    assertEquals(new CompleteJob(5, JsonObject.empty()), lastCommand());
  }

  @Test
  void shouldRefuseOtherTenants() {
    // when
    var deploy =
        failure(
            () ->
                stub.deployResource(
                    DeployResourceRequest.newBuilder().setTenantId("other").build()));
    var create =
        failure(
            () ->
                stub.createProcessInstance(
                    CreateProcessInstanceRequest.newBuilder().setTenantId("other").build()));
    var withResult =
        failure(
            () ->
                stub.createProcessInstanceWithResult(
                    CreateProcessInstanceWithResultRequest.newBuilder()
                        .setRequest(CreateProcessInstanceRequest.newBuilder().setTenantId("other"))
                        .build()));

    // then
    for (var failure : List.of(deploy, create, withResult)) {
      assertEquals(Status.Code.INVALID_ARGUMENT, failure.getStatus().getCode());
      assertTrue(failure.getMessage().contains("'other'"), failure::getMessage);
      assertTrue(failure.getMessage().contains("multi-tenancy is disabled"), failure::getMessage);
    }
    assertTrue(withResult.getMessage().contains("CreateProcessInstanceWithResult"));
    assertTrue(gateway.sent.isEmpty());
  }

  @Test
  void shouldRefuseWhatItWouldHaveToForget() {
    // when
    var failure =
        failure(
            () ->
                stub.createProcessInstance(
                    CreateProcessInstanceRequest.newBuilder()
                        .addStartInstructions(
                            ProcessInstanceCreationStartInstruction.newBuilder()
                                .setElementId("task"))
                        .build()));

    // then
    assertEquals(Status.Code.UNIMPLEMENTED, failure.getStatus().getCode());
    assertTrue(failure.getMessage().contains("start instructions"), failure::getMessage);
    assertTrue(gateway.sent.isEmpty());
  }

  @Test
  void shouldPublishMessages() {
    // given
    gateway.answerWith(new Done(5));

    // when
    var response =
        stub.publishMessage(
            PublishMessageRequest.newBuilder()
                .setName("paid")
                .setCorrelationKey("4711")
                .setTimeToLive(1_000)
                .setMessageId("once")
                .setVariables("{ 'a': 1 }")
                .build());

    // then
    assertEquals(
        new PublishMessage("paid", "4711", 1_000, "once", VARIABLES, "<default>"), lastCommand());
    assertEquals(
        PublishMessageResponse.newBuilder().setKey(5).setTenantId("<default>").build(), response);
  }

  @Test
  void shouldSayWhyAMessageIsRefused() {
    // given
    gateway.answerWith(new Rejection(Rejection.Reason.ALREADY_EXISTS, "there is one"));

    // when
    var failure = failure(() -> stub.publishMessage(PublishMessageRequest.getDefaultInstance()));

    // then
    assertEquals(Status.Code.ALREADY_EXISTS, failure.getStatus().getCode());
    assertEquals(
        "Command 'PUBLISH' rejected with code 'ALREADY_EXISTS': there is one",
        failure.getStatus().getDescription());
  }

  @Test
  void shouldBroadcastSignals() {
    // given
    gateway.answerWith(new Done(6));

    // when
    var response =
        stub.broadcastSignal(
            BroadcastSignalRequest.newBuilder()
                .setSignalName("alarm")
                .setVariables("{\"a\":1}")
                .build());

    // then
    assertEquals(new BroadcastSignal("alarm", VARIABLES, "<default>"), lastCommand());
    assertEquals(
        BroadcastSignalResponse.newBuilder().setKey(6).setTenantId("<default>").build(), response);
  }

  @Test
  void shouldDeleteResources() {
    // given
    gateway.answerWith(new Done(7));

    // when
    stub.deleteResource(DeleteResourceRequest.newBuilder().setResourceKey(9).build());

    // then
    assertEquals(new DeleteResource(9), lastCommand());

    // given
    gateway.answerWith(new Rejection(Rejection.Reason.INVALID_STATE, "it runs"));

    // when
    var failure = failure(() -> stub.deleteResource(DeleteResourceRequest.getDefaultInstance()));

    // then
    assertEquals(Status.Code.FAILED_PRECONDITION, failure.getStatus().getCode());
    assertEquals(
        "Command 'DELETE' rejected with code 'INVALID_STATE': it runs",
        failure.getStatus().getDescription());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PublishMessage", "BroadcastSignal"})
  void shouldRefuseOtherTenantsOfMessagesAndSignals(String rpc) {
    // when
    var failure =
        failure(
            rpc.equals("PublishMessage")
                ? () ->
                    stub.publishMessage(
                        PublishMessageRequest.newBuilder().setTenantId("other").build())
                : () ->
                    stub.broadcastSignal(
                        BroadcastSignalRequest.newBuilder().setTenantId("other").build()));

    // then
    assertEquals(Status.Code.INVALID_ARGUMENT, failure.getStatus().getCode());
    assertTrue(failure.getMessage().contains(rpc), failure::getMessage);
  }

  @Test
  void shouldNameTheRpcsThatItDoesNotHave() {
    Map<String, Executable> rpcs =
        Map.of(
            "EvaluateDecision",
            () -> stub.evaluateDecision(EvaluateDecisionRequest.getDefaultInstance()),
            "ModifyProcessInstance",
            () -> stub.modifyProcessInstance(ModifyProcessInstanceRequest.getDefaultInstance()),
            "MigrateProcessInstance",
            () -> stub.migrateProcessInstance(MigrateProcessInstanceRequest.getDefaultInstance()));
    rpcs.forEach(
        (rpc, call) -> {
          var failure = failure(call);
          assertEquals(Status.Code.UNIMPLEMENTED, failure.getStatus().getCode());
          assertTrue(failure.getMessage().contains(rpc), failure::getMessage);
        });
  }

  @Test
  void shouldSayThatItFailedWhenTheAnswerIsOfTheWrongKind() {
    // given
    gateway.answerWith(new Answer.MessagesReceived(1));

    // when
    var failure = failure(() -> stub.completeJob(CompleteJobRequest.getDefaultInstance()));

    // then
    assertEquals(Status.Code.INTERNAL, failure.getStatus().getCode());
  }

  @Test
  void shouldSayThatItFailedWhenTheUseCaseThrows() {
    // given
    gateway.replies =
        _ -> {
          throw new IllegalStateException("broken");
        };

    // when
    var failure = failure(() -> stub.completeJob(CompleteJobRequest.getDefaultInstance()));

    // then
    assertEquals(Status.Code.INTERNAL, failure.getStatus().getCode());
    assertTrue(failure.getMessage().contains("broken"), failure::getMessage);
  }

  @Test
  void shouldBearThatAClientGoesAwayBeforeItsAnswer() throws InterruptedException {
    // given
    gateway.replies = _ -> null;
    var impatient = stub.withDeadlineAfter(200, java.util.concurrent.TimeUnit.MILLISECONDS);

    // when
    var failure = failure(() -> impatient.completeJob(CompleteJobRequest.getDefaultInstance()));
    var sent = gateway.sent.take();

    // then
    assertEquals(Status.Code.DEADLINE_EXCEEDED, failure.getStatus().getCode());
    sent.listener().onReply(new Reply.Answered(new Done(1)));
    gateway.answerWith(new Done(1));
    stub.completeJob(CompleteJobRequest.getDefaultInstance());
  }

  @Test
  void shouldRefuseRequestsThatAreTooLarge() {
    // when
    var failure =
        failure(
            () ->
                stub.completeJob(
                    CompleteJobRequest.newBuilder()
                        .setVariables("x".repeat(ServerFixture.MAX_MESSAGE_BYTES))
                        .build()));

    // then
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, failure.getStatus().getCode());
  }

  private Command lastCommand() {
    try {
      return gateway.sent.take().command();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static StatusRuntimeException failure(Executable call) {
    return assertThrows(StatusRuntimeException.class, call);
  }

  private static CancelProcessInstanceRequest cancel() {
    return CancelProcessInstanceRequest.getDefaultInstance();
  }

  private static Partition partition(int id, String role, String health) {
    return Partition.newBuilder()
        .setPartitionId(id)
        .setRole(Partition.PartitionBrokerRole.valueOf(role))
        .setHealth(Partition.PartitionBrokerHealth.valueOf(health))
        .build();
  }

  private static JsonObject json(String text) {
    return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
