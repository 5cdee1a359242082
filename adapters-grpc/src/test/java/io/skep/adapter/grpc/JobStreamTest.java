package io.skep.adapter.grpc;

import static io.skep.adapter.grpc.Samples.job;
import static io.skep.adapter.grpc.Samples.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsResponse;
import io.grpc.Context;
import io.grpc.Status;
import io.skep.adapter.grpc.FakeGateway.Activation;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class JobStreamTest {
  private static final ActivateJobsRequest REQUEST =
      ActivateJobsRequest.newBuilder()
          .setType("work")
          .setWorker("w")
          .setTimeout(1_000)
          .setMaxJobsToActivate(5)
          .addFetchVariable("a")
          .addTenantIds("<default>")
          .addTenantIds("")
          .setRequestTimeout(-1)
          .build();

  @AutoClose private final ServerFixture fixture = new ServerFixture();
  private final RecordingClient<ActivateJobsRequest, ActivateJobsResponse> client =
      new RecordingClient<>();

  @Test
  void shouldPassOnWhatTheWorkerWants() throws InterruptedException {
    // when
    var activation = activate(REQUEST);

    // then
    assertEquals(
        new ActivateJobs(
            "work",
            "w",
            1_000,
            5,
            List.of("a"),
            List.of("<default>"),
            ServerFixture.MAX_MESSAGE_BYTES - 8 * 1024),
        activation.command());
    assertEquals(-1, activation.requestTimeoutMs());
  }

  @Test
  void shouldSendOneMessageForEachPartition() throws InterruptedException {
    // given
    var activation = activate(REQUEST);

    // when
    assertTrue(activation.receiver().onJobs(List.of(job(1, "{\"a\":1}"))));
    assertTrue(activation.receiver().onJobs(List.of(job(2, "{}"), job(3, "{}"))));
    activation.receiver().onDone();

    // then
    assertEquals(
        GatewayOuterClass.ActivatedJob.newBuilder()
            .setKey(1)
            .setType("work")
            .setProcessInstanceKey(21)
            .setBpmnProcessId("order")
            .setProcessDefinitionVersion(22)
            .setProcessDefinitionKey(23)
            .setElementId("task")
            .setElementInstanceKey(24)
            .setCustomHeaders("{\"h\":\"x\"}")
            .setWorker("w")
            .setRetries(3)
            .setDeadline(25)
            .setVariables("{\"a\":1}")
            .setTenantId("<default>")
            .build(),
        client.next().getJobs(0));
    assertEquals(
        List.of(2L, 3L),
        client.next().getJobsList().stream().map(GatewayOuterClass.ActivatedJob::getKey).toList());
    assertEquals(Status.Code.OK, client.end().getCode());
  }

  @Test
  void shouldEndWithoutAMessageWhenThereIsNothing() throws InterruptedException {
    // when
    activate(REQUEST).receiver().onDone();

    // then
    assertEquals(Status.Code.OK, client.end().getCode());
    assertTrue(client.messages.isEmpty());
  }

  @Test
  void shouldSplitWhatIsTooLargeForOneMessage() throws InterruptedException {
    // given
    var activation = activate(REQUEST);
    String variables = "{\"a\":\"" + "x".repeat(20_000) + "\"}";
    var jobs = IntStream.range(0, 7).mapToObj(i -> job(i, variables)).toList();

    // when
    assertTrue(activation.receiver().onJobs(jobs));
    activation.receiver().onDone();

    // then
    assertEquals(Status.Code.OK, client.end().getCode());
    assertEquals(List.of(3, 3, 1), client.messages.stream().map(m -> m.getJobsCount()).toList());
    for (var message : client.messages) {
      assertTrue(message.getSerializedSize() <= ServerFixture.MAX_MESSAGE_BYTES);
    }
  }

  @Test
  void shouldGiveBackAJobThatFitsIntoNoMessage() throws InterruptedException {
    // given
    var activation = activate(REQUEST);
    String variables = "{\"a\":\"" + "x".repeat(ServerFixture.MAX_MESSAGE_BYTES) + "\"}";

    // then
    assertFalse(activation.receiver().onJobs(List.of(job(1, "{}"), job(2, variables))));
    activation.receiver().onDone();
    assertEquals(Status.Code.OK, client.end().getCode());
    assertTrue(client.messages.isEmpty());
  }

  @Test
  void shouldSayWhyThereAreNoJobs() throws InterruptedException {
    // when
    activate(REQUEST)
        .receiver()
        .onFailure(new Answered(new Rejection(Rejection.Reason.INVALID_ARGUMENT, "because")));

    // then
    var rejected = client.end();
    assertEquals(Status.Code.INVALID_ARGUMENT, rejected.getCode());
    assertEquals(
        "Command 'ACTIVATE' rejected with code 'INVALID_ARGUMENT': because",
        rejected.getDescription());

    // when
    activate(REQUEST).receiver().onFailure(new Refused(Reason.RESOURCE_EXHAUSTED, "too much", -1));

    // then
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, client.end().getCode());
  }

  @Test
  void shouldRefuseJobsOfOtherTenants() throws InterruptedException {
    // when
    GatewayGrpc.newStub(fixture.channel)
        .activateJobs(REQUEST.toBuilder().addTenantIds("other").build(), client);

    // then
    assertEquals(Status.Code.INVALID_ARGUMENT, client.end().getCode());
    assertTrue(fixture.gateway.activations.isEmpty());
  }

  @Test
  void shouldCallOffTheRequestOfAWorkerThatHasGone() throws InterruptedException {
    // given
    var context = Context.current().withCancellation();
    context.run(() -> GatewayGrpc.newStub(fixture.channel).activateJobs(REQUEST, client));
    var activation = fixture.gateway.activations.take();

    // when
    context.cancel(null);

    // then
    assertTrue(activation.cancelled().await(5, SECONDS), "the request was not called off");
    assertFalse(activation.receiver().onJobs(List.of(job(1, "{}"))));
    activation.receiver().onDone();
  }

  @Test
  void shouldCallOffTheRequestsOfALostConnection() throws InterruptedException {
    // given
    var activation = activate(REQUEST);

    // when
    fixture.channel.shutdownNow();

    // then
    assertTrue(activation.cancelled().await(5, SECONDS), "the request was not called off");
    assertFalse(activation.receiver().onJobs(List.of(job(1, "{}"))));
  }

  @Test
  void shouldEndWaitingRequestsWhenTheServerStops() throws InterruptedException {
    // given
    var activation = activate(REQUEST);

    // when
    fixture.server.stop();

    // then
    assertEquals(Status.Code.OK, client.end().getCode());
    assertTrue(activation.cancelled().await(5, SECONDS), "the request was not called off");
    assertFalse(activation.receiver().onJobs(List.of(job(1, "{}"))));
  }

  private Activation activate(ActivateJobsRequest request) throws InterruptedException {
    GatewayGrpc.newStub(fixture.channel).activateJobs(request, client);
    var activation = fixture.gateway.activations.poll(5, SECONDS);
    assertNotNull(activation, "the request did not arrive");
    return activation;
  }

  @Test
  void shouldTakeNoMoreBytesThanTheEngineCounts() {
    var texts = List.of("", "a", "Grüße", "日本", "😀😀", "x".repeat(200));
    var random = new SplittableRandom(7);
    for (int i = 0; i < 2_000; i++) {
      // given
      long number = random.nextBoolean() ? random.nextLong() : Long.MAX_VALUE;
      var json = json("{\"ü\":\"" + "x".repeat(random.nextInt(300)) + "\"}");
      var job =
          new ActivatedJob(
              number,
              texts.get(random.nextInt(texts.size())),
              number,
              texts.get(random.nextInt(texts.size())),
              -1,
              number,
              texts.get(random.nextInt(texts.size())),
              number,
              json,
              texts.get(random.nextInt(texts.size())),
              (int) number,
              number,
              json,
              texts.get(random.nextInt(texts.size())));

      // when
      var response = ActivateJobsResponse.newBuilder().addJobs(Responses.job(job)).build();
      int bytes = response.getSerializedSize();

      // then
      assertTrue(bytes <= job.answerBytes(), () -> bytes + " bytes: " + job);
    }
  }
}
