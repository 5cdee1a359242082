package io.skep.adapter.grpc;

import static io.skep.adapter.grpc.Samples.job;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceWithResultRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceWithResultResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ResolveIncidentRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ResolveIncidentResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.StreamActivatedJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyRequest;
import io.grpc.Context;
import io.grpc.Status;
import io.skep.adapter.grpc.FakeGateway.Activation;
import io.skep.adapter.grpc.FakeGateway.Sent;
import io.skep.domain.engine.Answer.Done;
import io.skep.port.out.Reply.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How many calls and bytes a gateway takes on, and which it takes longest.
class OpenCallsTest {
  private static final CallLimits EIGHT_CALLS = new CallLimits(8, 64 << 20);
  private static final ActivateJobsRequest POLL =
      ActivateJobsRequest.newBuilder()
          .setType("work")
          .setTimeout(1_000)
          .setMaxJobsToActivate(5)
          .build();

  @Test
  void shouldTakeCallsThatEndWorkLongestAndThoseThatWaitShortest() throws Exception {
    try (var fixture = new ServerFixture(EIGHT_CALLS)) {
      // given: four that wait
      fixture.gateway.replies = _ -> null;
      for (int i = 0; i < 2; i++) assertNotNull(park(fixture).activation());
      GatewayGrpc.newStub(fixture.channel)
          .streamActivatedJobs(
              StreamActivatedJobsRequest.newBuilder().setType("work").setTimeout(1_000).build(),
              new RecordingClient<>());
      assertNotNull(fixture.gateway.streams.poll(5, TimeUnit.SECONDS));
      awaitResult(fixture);
      next(fixture);

      // when, then
      assertRefused("at most 4 calls", park(fixture, new RecordingClient<>()));
      assertRefused("at most 4 calls", awaitResult(fixture));

      // when: two that bring work
      for (int i = 0; i < 2; i++) {
        resolve(fixture);
        next(fixture);
      }

      // then
      assertRefused("at most 6 calls", resolve(fixture));

      // when: two that end it
      complete(fixture, "");
      Sent last = next(fixture);
      complete(fixture, "");
      next(fixture);

      // then
      assertRefused("at most 8 calls", complete(fixture, ""));
      assertTrue(fixture.gateway.sent.isEmpty(), "what is refused goes nowhere");

      // when
      last.listener().onReply(new Answered(new Done(1)));

      // then
      eventually(() -> fixture.stub.topology(TopologyRequest.getDefaultInstance()));
    }
  }

  @Test
  void shouldCountWaitingRequestsNoLongerThanTheirWorkersAreThere() throws Exception {
    try (var fixture = new ServerFixture(EIGHT_CALLS)) {
      for (int i = 0; i < 100; i++) {
        // given
        var worker = Context.current().withCancellation();
        var polled = worker.call(() -> park(fixture));

        // when
        worker.cancel(null);

        // then
        assertTrue(polled.activation().cancelled().await(5, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void shouldCountACommandUntilItIsThroughThoughItsClientHasGone() throws Exception {
    try (var fixture = new ServerFixture(EIGHT_CALLS)) {
      // given
      fixture.gateway.replies = _ -> null;
      var sent = new ArrayList<Sent>();
      for (int i = 0; i < 6; i++) {
        var client = Context.current().withCancellation();
        client.run(() -> resolve(fixture));
        sent.add(next(fixture));
        client.cancel(null);
      }

      // when, then
      assertRefused("at most 6 calls", resolve(fixture));

      // when
      sent.forEach(each -> each.listener().onReply(new Answered(new Done(1))));
      fixture.gateway.answerWith(new Done(1));

      // then
      eventually(() -> fixture.stub.resolveIncident(ResolveIncidentRequest.getDefaultInstance()));
    }
  }

  @Test
  void shouldTakeCallsForEverIfTheyEnd() {
    try (var fixture = new ServerFixture(new CallLimits(8, 10_000))) {
      // when, then
      var request = CompleteJobRequest.newBuilder().setVariables(json(3_000)).build();
      for (int i = 0; i < 1_000; i++) eventually(() -> fixture.stub.completeJob(request));
    }
  }

  @Test
  void shouldRefuseMessagesThatAreTooMuchForMemory() throws Exception {
    // given: room for two of the three
    try (var fixture = new ServerFixture(new CallLimits(1_000, 100_000))) {
      fixture.gateway.replies = _ -> null;
      complete(fixture, json(40_000));
      Sent first = next(fixture);
      complete(fixture, json(40_000));
      next(fixture);

      // when, then
      assertRefused("at most 100000 bytes", complete(fixture, json(40_000)));
      assertTrue(fixture.gateway.sent.isEmpty());

      // when
      first.listener().onReply(new Answered(new Done(1)));
      fixture.gateway.answerWith(new Done(1));

      // then
      var request = CompleteJobRequest.newBuilder().setVariables(json(40_000)).build();
      eventually(() -> fixture.stub.completeJob(request));
    }
  }

  @Test
  void shouldGiveBackJobsWhileWorkersDoNotTakeWhatTheyAskedFor() throws Exception {
    try (var fixture = new ServerFixture(new CallLimits(1_000, 400_000))) {
      // given: workers that read nothing
      var parked = new ArrayList<Parked>();
      for (int i = 0; i < 20; i++) parked.add(park(fixture));
      String large = json(50_000);

      // when
      int taken = 0;
      while (taken < 20 && parked.get(taken).activation().receiver().onJobs(jobs(large))) taken++;

      // then: what fits in the limit and the connection's window
      assertTrue(taken >= 8 && taken < 12, () -> "taken by workers that do not read");
      assertRefused("bytes", park(fixture, new RecordingClient<>()));

      // when
      for (int i = 0; i < taken; i++) {
        parked.get(i).activation().receiver().onDone();
        parked.get(i).worker().read(10);
      }

      // then
      for (int i = 0; i < taken; i++) {
        assertEquals(1, parked.get(i).worker().next().getJobsCount());
        assertEquals(Status.Code.OK, parked.get(i).worker().end().getCode());
      }
      var receiver = parked.getLast().activation().receiver();
      long deadline = System.nanoTime() + 5_000_000_000L;
      while (!receiver.onJobs(jobs("{}"))) assertTrue(System.nanoTime() < deadline);
    }
  }

  private static List<io.skep.domain.engine.job.ActivatedJob> jobs(String variables) {
    return List.of(job(1, variables));
  }

  @Test
  void shouldCountAsManyCallsAsTheHeapHasRoomFor() {
    assertEquals(1_000, CallLimits.callsOfHeap(16 << 20));
    assertEquals(33_554, CallLimits.callsOfHeap(1L << 30));
    assertEquals(64 << 20, CallLimits.of(10, 1L << 30, 4 << 20).bytes());
    assertEquals(16 << 20, CallLimits.of(10, 64 << 20, 4 << 20).bytes());
  }

  // Clients.

  private record Parked(
      RecordingClient<ActivateJobsRequest, ActivateJobsResponse> worker, Activation activation) {}

  /// A worker that asks and reads nothing.
  private static Parked park(ServerFixture fixture) throws InterruptedException {
    var worker = new RecordingClient<ActivateJobsRequest, ActivateJobsResponse>();
    worker.readsUnasked = false;
    park(fixture, worker);
    var activation = fixture.gateway.activations.poll(5, TimeUnit.SECONDS);
    assertNotNull(activation, "the request did not arrive");
    return new Parked(worker, activation);
  }

  private static RecordingClient<ActivateJobsRequest, ActivateJobsResponse> park(
      ServerFixture fixture, RecordingClient<ActivateJobsRequest, ActivateJobsResponse> worker) {
    GatewayGrpc.newStub(fixture.channel).activateJobs(POLL, worker);
    return worker;
  }

  private static RecordingClient<
          CreateProcessInstanceWithResultRequest, CreateProcessInstanceWithResultResponse>
      awaitResult(ServerFixture fixture) {
    var client =
        new RecordingClient<
            CreateProcessInstanceWithResultRequest, CreateProcessInstanceWithResultResponse>();
    GatewayGrpc.newStub(fixture.channel)
        .createProcessInstanceWithResult(
            CreateProcessInstanceWithResultRequest.getDefaultInstance(), client);
    return client;
  }

  private static RecordingClient<ResolveIncidentRequest, ResolveIncidentResponse> resolve(
      ServerFixture fixture) {
    var client = new RecordingClient<ResolveIncidentRequest, ResolveIncidentResponse>();
    GatewayGrpc.newStub(fixture.channel)
        .resolveIncident(ResolveIncidentRequest.getDefaultInstance(), client);
    return client;
  }

  private static RecordingClient<CompleteJobRequest, CompleteJobResponse> complete(
      ServerFixture fixture, String variables) {
    var client = new RecordingClient<CompleteJobRequest, CompleteJobResponse>();
    var request = CompleteJobRequest.newBuilder().setJobKey(1).setVariables(variables).build();
    GatewayGrpc.newStub(fixture.channel).completeJob(request, client);
    return client;
  }

  private static String json(int bytes) {
    return "{\"a\":\"" + "x".repeat(bytes) + "\"}";
  }

  private static Sent next(ServerFixture fixture) throws InterruptedException {
    var sent = fixture.gateway.sent.poll(5, TimeUnit.SECONDS);
    assertNotNull(sent, "no command came");
    return sent;
  }

  private static void assertRefused(String why, RecordingClient<?, ?> client)
      throws InterruptedException {
    Status end = client.end();
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, end.getCode(), end::toString);
    assertTrue(end.getDescription().contains(why), end::toString);
    assertFalse(end.getDescription().isBlank());
  }

  /// A call counts a moment longer than its client waits.
  private static void eventually(Runnable call) {
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (true) {
      try {
        call.run();
        return;
      } catch (io.grpc.StatusRuntimeException e) {
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, e.getStatus().getCode(), e::toString);
        assertTrue(System.nanoTime() < deadline, e::toString);
      }
    }
  }
}
