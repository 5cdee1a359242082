package io.skep.adapter.grpc;

import static io.skep.adapter.grpc.Samples.VARIABLES;
import static io.skep.adapter.grpc.ServerFixture.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc.GatewayBlockingStub;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.BroadcastSignalRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.BroadcastSignalResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageResponse;
import io.grpc.Status;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import io.skep.domain.engine.signal.SignalCommand.BroadcastSignal;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls that publish messages and broadcast signals.
class MessageRpcsTest {
  @AutoClose private final ServerFixture fixture = new ServerFixture();
  private final FakeGateway gateway = fixture.gateway;
  private final GatewayBlockingStub stub = fixture.stub;

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
        new PublishMessage("paid", "4711", 1_000, "once", VARIABLES, "<default>"),
        gateway.nextCommand());
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
    assertEquals(new BroadcastSignal("alarm", VARIABLES, "<default>"), gateway.nextCommand());
    assertEquals(
        BroadcastSignalResponse.newBuilder().setKey(6).setTenantId("<default>").build(), response);
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
}
