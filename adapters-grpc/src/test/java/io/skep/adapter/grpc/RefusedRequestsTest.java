package io.skep.adapter.grpc;

import static io.skep.adapter.grpc.ServerFixture.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc.GatewayBlockingStub;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceWithResultRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployResourceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.EvaluateDecisionRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.MigrateProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ModifyProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ProcessInstanceCreationStartInstruction;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that a gateway refuses itself.
class RefusedRequestsTest {
  @AutoClose private final ServerFixture fixture = new ServerFixture();
  private final FakeGateway gateway = fixture.gateway;
  private final GatewayBlockingStub stub = fixture.stub;

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
}
