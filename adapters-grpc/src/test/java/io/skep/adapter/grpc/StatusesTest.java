package io.skep.adapter.grpc;

import static io.skep.adapter.grpc.ServerFixture.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc.GatewayBlockingStub;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CancelProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceWithResultRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ResolveIncidentRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.SetVariablesRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.UpdateJobRetriesRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.UpdateJobTimeoutRequest;
import io.grpc.Status;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Rejection;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// How clients hear that a partition rejects a command, that none could be asked, or not in time.
class StatusesTest {
  @AutoClose private final ServerFixture fixture = new ServerFixture();
  private final FakeGateway gateway = fixture.gateway;
  private final GatewayBlockingStub stub = fixture.stub;

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
            Map.entry(
                "CANCEL",
                () ->
                    stub.cancelProcessInstance(CancelProcessInstanceRequest.getDefaultInstance())),
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
    var impatient = stub.withDeadlineAfter(200, TimeUnit.MILLISECONDS);

    // when
    var failure = failure(() -> impatient.completeJob(CompleteJobRequest.getDefaultInstance()));
    var sent = gateway.sent.take();

    // then
    assertEquals(Status.Code.DEADLINE_EXCEEDED, failure.getStatus().getCode());
    sent.listener().onReply(new Reply.Answered(new Done(1)));
    gateway.answerWith(new Done(1));
    stub.completeJob(CompleteJobRequest.getDefaultInstance());
  }
}
