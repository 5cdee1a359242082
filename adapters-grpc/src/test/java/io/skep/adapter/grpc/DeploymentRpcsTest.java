package io.skep.adapter.grpc;

import static io.skep.adapter.grpc.Samples.deployed;
import static io.skep.adapter.grpc.ServerFixture.failure;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.protobuf.ByteString;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc.GatewayBlockingStub;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeleteResourceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployProcessRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployResourceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ProcessMetadata;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ProcessRequestObject;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.Resource;
import io.grpc.Status;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.deployment.DeploymentCommand.DeleteResource;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Calls that deploy and delete resources.
class DeploymentRpcsTest {
  @AutoClose private final ServerFixture fixture = new ServerFixture();
  private final FakeGateway gateway = fixture.gateway;
  private final GatewayBlockingStub stub = fixture.stub;

  private static final ProcessMetadata ORDER =
      ProcessMetadata.newBuilder()
          .setBpmnProcessId("order")
          .setVersion(3)
          .setProcessDefinitionKey(8)
          .setResourceName("order.bpmn")
          .setTenantId("<default>")
          .build();

  @Test
  void shouldDeployResources() {
    // given
    var file = new io.skep.domain.engine.deployment.Resource("order.bpmn", new byte[] {1, 2});
    gateway.answerWith(deployed(file));

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
    var command = assertInstanceOf(DeployResources.class, gateway.nextCommand());
    assertEquals("<default>", command.tenantId());
    assertEquals("order.bpmn", command.resources().getFirst().name());
    assertArrayEquals(new byte[] {1, 2}, command.resources().getFirst().content());
    assertEquals(7, response.getKey());
    assertEquals("<default>", response.getTenantId());
    assertEquals(ORDER, response.getDeployments(0).getProcess());
  }

  @Test
  @SuppressWarnings("deprecation")
  void shouldDeployProcessesTheOldWay() {
    // given
    var file = new io.skep.domain.engine.deployment.Resource("order.bpmn", new byte[] {1});
    gateway.answerWith(deployed(file));

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
    var command = assertInstanceOf(DeployResources.class, gateway.nextCommand());
    assertEquals("order.bpmn", command.resources().getFirst().name());
    assertArrayEquals(new byte[] {1}, command.resources().getFirst().content());
    assertEquals(7, response.getKey());
    assertEquals(List.of(ORDER), response.getProcessesList());
  }

  @Test
  void shouldDeleteResources() {
    // given
    gateway.answerWith(new Done(7));

    // when
    stub.deleteResource(DeleteResourceRequest.newBuilder().setResourceKey(9).build());

    // then
    assertEquals(new DeleteResource(9), gateway.nextCommand());

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
}
