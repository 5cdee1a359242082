package io.skep.adapter.grpc;

import static io.skep.adapter.grpc.Samples.job;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.StreamActivatedJobsRequest;
import io.grpc.Context;
import io.grpc.Status;
import io.skep.adapter.grpc.FakeGateway.Opened;
import io.skep.port.in.JobStreaming.Terms;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class JobPushStreamTest {
  private static final StreamActivatedJobsRequest REQUEST =
      StreamActivatedJobsRequest.newBuilder()
          .setType("work")
          .setWorker("w")
          .setTimeout(1_000)
          .addFetchVariable("a")
          .addTenantIds("<default>")
          .build();

  @AutoClose private final ServerFixture fixture = new ServerFixture();
  private final RecordingClient<StreamActivatedJobsRequest, ActivatedJob> client =
      new RecordingClient<>();

  @Test
  void shouldOpenAStreamOnTheWorkersTerms() throws InterruptedException {
    // when
    var opened = open(REQUEST);

    // then
    assertEquals(
        new Terms(
            "work",
            "w",
            1_000,
            List.of("a"),
            List.of("<default>"),
            ServerFixture.MAX_MESSAGE_BYTES - 8 * 1024),
        opened.terms());
    assertTrue(opened.receiver().isReady());
  }

  @Test
  void shouldSendOneMessageForEachJob() throws InterruptedException {
    // given
    var opened = open(REQUEST);

    // when
    assertTrue(opened.receiver().onJob(job(1, "{\"a\":1}")));
    assertTrue(opened.receiver().onJob(job(2, "{}")));

    // then
    var first = client.next();
    assertEquals(1, first.getKey());
    assertEquals("{\"a\":1}", first.getVariables());
    assertEquals(2, client.next().getKey());
  }

  @Test
  void shouldRefuseWhatMakesNoSense() throws InterruptedException {
    // when
    stream(REQUEST.toBuilder().setType(" ").build());

    // then
    assertEquals(Status.Code.INVALID_ARGUMENT, client.end().getCode());

    // when
    stream(REQUEST.toBuilder().setTimeout(0).build());

    // then
    assertEquals(Status.Code.INVALID_ARGUMENT, client.end().getCode());

    // when
    stream(REQUEST.toBuilder().addTenantIds("other").build());

    // then
    assertEquals(Status.Code.INVALID_ARGUMENT, client.end().getCode());
    assertTrue(fixture.gateway.streams.isEmpty());
  }

  @Test
  void shouldSayThatAWorkerDoesNotKeepUpAndWhenItDoesAgain() throws InterruptedException {
    // given: a worker that reads nothing
    client.readsUnasked = false;
    var opened = open(REQUEST);
    String large = "{\"a\":\"" + "x".repeat(30_000) + "\"}";

    // when
    int sent = 0;
    while (opened.receiver().isReady() && sent < 1_000) {
      assertTrue(opened.receiver().onJob(job(++sent, large)));
    }

    // then
    assertFalse(opened.receiver().isReady());
    opened.ready().clear();

    // when
    client.read(2_000);

    // then
    assertNotNull(opened.ready().poll(5, SECONDS), "nobody said that it is ready again");
    for (int key = 1; key <= sent; key++) assertEquals(key, client.next().getKey());
  }

  @Test
  void shouldNotDeliverWhatIsTooLargeForAMessage() throws InterruptedException {
    // given
    var opened = open(REQUEST);
    String tooLarge = "{\"a\":\"" + "x".repeat(ServerFixture.MAX_MESSAGE_BYTES) + "\"}";

    // when, then
    assertFalse(opened.receiver().onJob(job(1, tooLarge)));
    assertTrue(opened.receiver().onJob(job(2, "{}")));
    assertEquals(2, client.next().getKey());
  }

  @Test
  void shouldCloseTheStreamOfAWorkerThatHasGone() throws InterruptedException {
    // given
    var context = Context.current().withCancellation();
    context.run(() -> stream(REQUEST));
    var opened = fixture.gateway.streams.take();

    // when
    context.cancel(null);

    // then
    assertTrue(opened.closed().await(5, SECONDS), "the stream was not closed");
    assertFalse(opened.receiver().onJob(job(1, "{}")));
  }

  @Test
  void shouldEndStreamsWhenTheServerStops() throws InterruptedException {
    // given
    var opened = open(REQUEST);

    // when
    fixture.server.stop();

    // then
    assertEquals(Status.Code.OK, client.end().getCode());
    assertTrue(opened.closed().await(5, SECONDS), "the stream was not closed");
  }

  private void stream(StreamActivatedJobsRequest request) {
    GatewayGrpc.newStub(fixture.channel).streamActivatedJobs(request, client);
  }

  private Opened open(StreamActivatedJobsRequest request) throws InterruptedException {
    stream(request);
    var opened = fixture.gateway.streams.poll(5, SECONDS);
    assertNotNull(opened, "the request did not arrive");
    return opened;
  }
}
