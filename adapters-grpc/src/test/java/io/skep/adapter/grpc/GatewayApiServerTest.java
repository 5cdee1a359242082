package io.skep.adapter.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.EvaluateDecisionRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Rejection;
import io.skep.port.in.Arrivals;
import io.skep.port.out.Reply.Answered;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayApiServerTest {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(5);

  @ParameterizedTest
  @ValueSource(strings = {"", "gateway_protocol.Gateway"})
  void shouldSayThatItServes(String service) {
    try (var fixture = new ServerFixture()) {
      // when
      var response = HealthGrpc.newBlockingStub(fixture.channel).check(healthOf(service));

      // then
      assertEquals(ServingStatus.SERVING, response.getStatus());
    }
  }

  @Test
  void shouldSayThatItDoesNotKnowAService() {
    try (var fixture = new ServerFixture()) {
      // when
      var failure =
          assertThrows(
              StatusRuntimeException.class,
              () -> HealthGrpc.newBlockingStub(fixture.channel).check(healthOf("nope")));

      // then
      assertEquals(Status.Code.NOT_FOUND, failure.getStatus().getCode());
    }
  }

  @Test
  void shouldTellWhatHasArrivedTogether() throws Exception {
    try (var fixture = new ServerFixture()) {
      // given
      var over = new CompletableFuture<Boolean>();
      fixture.gateway.replies =
          _ -> {
            boolean isLeft = Arrivals.whenOver(() -> over.complete(true));
            return isLeft ? new Answered(new Done(1)) : null;
          };

      // when
      fixture
          .stub
          .withDeadlineAfter(10, SECONDS)
          .completeJob(CompleteJobRequest.getDefaultInstance());

      // then
      assertTrue(over.get(10, SECONDS));
    }
  }

  @Test
  void shouldSayThatItServesNoMoreWhileItStops() throws Exception {
    try (var fixture = new ServerFixture()) {
      // given
      fixture.gateway.replies = _ -> null;
      var call =
          GatewayGrpc.newFutureStub(fixture.channel)
              .completeJob(CompleteJobRequest.getDefaultInstance());
      var underWay = fixture.gateway.sent.take();
      var health = new RecordingClient<HealthCheckRequest, HealthCheckResponse>();
      HealthGrpc.newStub(fixture.channel).watch(healthOf("gateway_protocol.Gateway"), health);
      assertEquals(ServingStatus.SERVING, health.next().getStatus());

      // when
      var stop = CompletableFuture.runAsync(fixture.server::stop);

      // then
      assertEquals(ServingStatus.NOT_SERVING, health.next().getStatus());
      assertFalse(stop.isDone(), "did not wait for the call under way");
      underWay.listener().onReply(new Answered(new Done(1)));
      assertEquals(CompleteJobResponse.getDefaultInstance(), call.get(5, SECONDS));
    }
  }

  @Test
  void shouldCutOffWhatTakesTooLongToEnd() throws Exception {
    try (var fixture = new ServerFixture(KEEP_ALIVE, Duration.ofMillis(100))) {
      // given
      fixture.gateway.replies = _ -> null;
      var call =
          GatewayGrpc.newFutureStub(fixture.channel)
              .completeJob(CompleteJobRequest.getDefaultInstance());
      fixture.gateway.sent.take();

      // when
      long startNanos = System.nanoTime();
      fixture.server.stop();

      // then
      assertTrue(System.nanoTime() - startNanos < 3_000_000_000L, "took too long to stop");
      assertThrows(Exception.class, () -> call.get(5, SECONDS));
    }
  }

  @Test
  void shouldStartAndStopMoreThanOnce() {
    // given
    var server = ServerFixture.server(0, KEEP_ALIVE, GRACE, new FakeGateway());
    server.stop();

    // when
    server.start();
    int port = server.port();
    server.start();

    // then
    assertNotEquals(0, port);
    assertEquals(port, server.port());
    server.stop();
    server.stop();
    assertEquals(0, server.port());
    server.start();
    assertNotEquals(0, server.port());
    server.stop();
  }

  @Test
  void shouldNameThePortThatIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // given
      var server = ServerFixture.server(taken.getLocalPort(), KEEP_ALIVE, GRACE, new FakeGateway());

      // when
      var failure = assertThrows(UncheckedIOException.class, server::start);

      // then
      var message = failure.getMessage();
      assertTrue(message.contains("127.0.0.1:" + taken.getLocalPort()), message);
      assertTrue(message.contains("zeebe.gateway.network.port"), message);
      assertTrue(message.toLowerCase(java.util.Locale.ROOT).contains("in use"), message);
    }
  }

  @Test
  void shouldNameTheHostThatIsUnknown() {
    // given
    var settings =
        new GatewayApiSettings(
            "no-such-host.invalid",
            0,
            65_536,
            KEEP_ALIVE,
            GRACE,
            ServerFixture.GATEWAY_VERSION,
            ServerFixture.LIMITS);
    var gateway = new FakeGateway();

    // when
    var failure =
        assertThrows(
            UncheckedIOException.class,
            new GatewayApiServer(settings, gateway, gateway, gateway, gateway, gateway)::start);

    // then
    assertTrue(failure.getMessage().contains("no-such-host.invalid"), failure::getMessage);
    assertTrue(failure.getMessage().contains("zeebe.gateway.network.host"), failure::getMessage);
  }

  @Test
  void shouldDescribeItself() throws InterruptedException {
    try (var fixture = new ServerFixture()) {
      // given
      var answers = new RecordingClient<ServerReflectionRequest, ServerReflectionResponse>();

      // when
      var requests = ServerReflectionGrpc.newStub(fixture.channel).serverReflectionInfo(answers);
      requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      requests.onNext(
          ServerReflectionRequest.newBuilder()
              .setFileContainingSymbol("gateway_protocol.Gateway")
              .build());
      var services = answers.next();
      var file = answers.next();
      requests.onCompleted();

      // then
      assertTrue(
          services.getListServicesResponse().getServiceList().stream()
              .anyMatch(service -> service.getName().equals("gateway_protocol.Gateway")));
      assertEquals(1, file.getFileDescriptorResponse().getFileDescriptorProtoCount());
    }
  }

  @Test
  void shouldBearPingsWithoutCalls() throws Exception {
    try (var fixture = new ServerFixture(Duration.ofMillis(50), GRACE);
        var client = new PingingClient(fixture.server.port())) {
      // when
      for (int i = 0; i < 10; i++) {
        Thread.sleep(50);
        client.ping();
      }

      // then
      assertEquals("10 answers", client.outcome(10));
    }
  }

  @Test
  void shouldCutOffWhoPingsTooOften() throws Exception {
    try (var fixture = new ServerFixture(Duration.ofSeconds(30), GRACE);
        var client = new PingingClient(fixture.server.port())) {
      // when
      for (int i = 0; i < 10; i++) client.ping();

      // then
      assertEquals("too_many_pings", client.outcome(10));
    }
  }

  @Test
  void shouldDropAClientThatDoesNotAnswerPings() throws Exception {
    // given the shortest interval that gRPC takes
    var gateway = new FakeGateway();
    var settings = ServerFixture.settings(0, KEEP_ALIVE, GRACE, ServerFixture.LIMITS);
    var server =
        new GatewayApiServer(
            settings,
            gateway,
            gateway,
            gateway,
            gateway,
            gateway,
            Duration.ofSeconds(10),
            Duration.ofMillis(100));
    server.start();
    try (var client = new PingingClient(server.port())) {
      // when, then: it never looks what the server says
      assertTrue(client.isDropped(15_000));
    } finally {
      server.stop();
    }
  }

  @Test
  void shouldRefuseSettingsThatMakeNoSense() {
    assertThrows(IllegalArgumentException.class, () -> settings(70_000, 65_536, "8.6.0"));
    assertThrows(IllegalArgumentException.class, () -> settings(26_500, 10, "8.6.0"));
    assertThrows(IllegalArgumentException.class, () -> settings(26_500, 65_536, "latest"));
  }

  @Test
  void shouldReportCalls() throws InterruptedException {
    try (var fixture = new ServerFixture()) {
      // given
      var stub = GatewayGrpc.newBlockingStub(fixture.channel);
      fixture.gateway.answerWith(new Rejection(Rejection.Reason.NOT_FOUND, "none"));

      // when
      stub.topology(TopologyRequest.getDefaultInstance());
      assertThrows(
          StatusRuntimeException.class,
          () -> stub.completeJob(CompleteJobRequest.getDefaultInstance()));
      HealthGrpc.newBlockingStub(fixture.channel).check(healthOf(""));
      assertThrows(
          StatusRuntimeException.class,
          () -> stub.evaluateDecision(EvaluateDecisionRequest.getDefaultInstance()));

      // then
      for (var expected :
          List.of(
              "Topology",
              "Topology OK",
              "CompleteJob",
              "CompleteJob NOT_FOUND",
              "EvaluateDecision",
              "EvaluateDecision UNIMPLEMENTED")) {
        assertEquals(expected, fixture.gateway.reported.poll(5, SECONDS));
      }
    }
  }

  @Test
  void shouldServeSeveralClients() {
    try (var fixture = new ServerFixture();
        var other = new ServerFixture()) {
      for (var channel : List.of(fixture.channel, other.channel)) {
        var stub = GatewayGrpc.newBlockingStub(channel);
        assertEquals(
            "8.6.0", stub.topology(TopologyRequest.getDefaultInstance()).getGatewayVersion());
      }
    }
  }

  private static GatewayApiSettings settings(int port, int maxMessageBytes, String version) {
    return new GatewayApiSettings(
        "0.0.0.0", port, maxMessageBytes, KEEP_ALIVE, GRACE, version, ServerFixture.LIMITS);
  }

  private static HealthCheckRequest healthOf(String service) {
    return HealthCheckRequest.newBuilder().setService(service).build();
  }
}
