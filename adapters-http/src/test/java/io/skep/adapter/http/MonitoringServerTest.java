package io.skep.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How the server treats its clients, and its port.
@Timeout(60)
class MonitoringServerTest {
  @AutoClose private final MonitoringFixture monitoring = new MonitoringFixture();

  @Test
  void shouldAnswerHeadWithTheHeadersOfGetAndNoBody() throws Exception {
    // given
    var whole = monitoring.read("/ready");

    // when
    var head = monitoring.send("HEAD", "/ready");

    // then
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertEquals(
        Integer.toString(whole.body().length()),
        head.headers().firstValue("content-length").orElse(""));
  }

  @Test
  void shouldSayWhatIsThereWhenAPathIsUnknown() throws Exception {
    // when
    var response = monitoring.read("/nope%22");

    // then
    assertEquals(404, response.statusCode());
    assertTrue(response.body().contains("\"path\":\"/nope%22\""), response.body());
    assertTrue(response.body().contains("/metrics"), response.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void shouldRefuseOtherMethodsAndNameTheAllowedOnes(String method) throws Exception {
    // when
    var response = monitoring.send(method, "/ready");

    // then
    assertEquals(405, response.statusCode());
    assertEquals("GET, HEAD", response.headers().firstValue("allow").orElse(""));
    assertTrue(response.body().contains("but it is " + method), response.body());
  }

  @Test
  void shouldAnswerPipelinedRequestsInOrder() throws Exception {
    // given
    String requests =
        "GET /ready HTTP/1.1\r\nHost: a\r\n\r\n"
            + "GET /nope HTTP/1.1\r\nHost: a\r\n\r\n"
            + "GET /actuator/info HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    // when
    String answers = monitoring.converse(requests);

    // then
    int ready = answers.indexOf("brokerReady");
    int notFound = answers.indexOf("404 Not Found");
    int info = answers.indexOf("1.2.3");
    assertTrue(0 < ready && ready < notFound && notFound < info, answers);
  }

  @Test
  void shouldCloseAfterTheAnswerToAnOldClient() throws Exception {
    // when
    String answer = monitoring.converse("GET /ready HTTP/1.0\r\n\r\n");

    // then
    assertTrue(answer.contains("200 OK"), answer);
  }

  @Test
  void shouldRefuseAnEndlessRequestLine() throws Exception {
    // when
    String answer =
        monitoring.converse(
            "GET /" + "a".repeat(MonitoringServer.MAX_LINE_BYTES) + " HTTP/1.1\r\n\r\n");

    // then
    assertTrue(answer.startsWith("HTTP/1.1 414 "), answer);
  }

  @Test
  void shouldRefuseEndlessHeaders() throws Exception {
    // when
    String answer =
        monitoring.converse(
            "GET /ready HTTP/1.1\r\nX: "
                + "a".repeat(MonitoringServer.MAX_HEADER_BYTES)
                + "\r\n\r\n");

    // then
    assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
  }

  @Test
  void shouldRefuseALargeBody() throws Exception {
    // when
    String answer =
        monitoring.converse(
            "POST /ready HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                + (MonitoringServer.MAX_BODY_BYTES + 1)
                + "\r\n\r\n");

    // then
    assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
  }

  @Test
  void shouldRefuseWhatIsNotHttp() throws Exception {
    // when
    String answer = monitoring.converse("PRI * HTTP/2.0 and more of the kind\r\n\r\n");

    // then
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
  }

  @Test
  void shouldServeOthersWhileAClientDoesNotReadItsAnswers() throws Exception {
    // given
    try (Socket greedy = monitoring.connect()) {
      byte[] request =
          "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 500; i++) greedy.getOutputStream().write(request);

      // when
      var response = monitoring.read("/ready");

      // then
      assertEquals(200, response.statusCode());
    }
  }

  @Test
  void shouldNotTakeMoreConnectionsThanItsLimit() throws Exception {
    // given
    var open = new ArrayList<Socket>();
    try {
      for (int i = 0; i < MonitoringServer.MAX_CONNECTIONS; i++) open.add(monitoring.connect());
      open.getFirst().getOutputStream().write("GET /ready HTTP/1.1\r\n\r\n".getBytes());
      assertEquals('H', open.getFirst().getInputStream().read());

      // when
      String answer;
      try {
        answer = monitoring.converse("GET /ready HTTP/1.1\r\n\r\n");
      } catch (java.net.SocketException e) {
        answer = "";
      }

      // then
      assertEquals("", answer);
    } finally {
      for (Socket socket : open) socket.close();
    }
  }

  @Test
  void shouldCloseConnectionsOfClientsThatDribbleOrSitIdle() throws Exception {
    // given
    try (var impatient = new MonitoringFixture(Duration.ofMillis(1500), Duration.ofMillis(200));
        Socket dribbling = impatient.connect();
        Socket idle = impatient.connect()) {
      // when
      dribbling.getOutputStream().write('G');
      long startedAt = System.nanoTime();
      int first = dribbling.getInputStream().read();
      long dribbledMs = (System.nanoTime() - startedAt) / 1_000_000;
      int second = idle.getInputStream().read();

      // then
      assertEquals(-1, first);
      assertTrue(dribbledMs < 1400, "closed after " + dribbledMs + " ms");
      assertEquals(-1, second);
    }
  }

  @Test
  void shouldNameKeyAndPortWhenThePortIsTaken() {
    // given
    var settings =
        new MonitoringSettings(
            "127.0.0.1",
            monitoring.server.port(),
            "zeebe.broker.network.monitoringApi.port",
            "1",
            List.of());
    var registry = HttpModule.registry();
    var second = new MonitoringServer(settings, null, new ProcessMeters(registry));

    // when
    var failure = assertThrows(IllegalStateException.class, second::start);

    // then
    assertTrue(failure.getMessage().contains("zeebe.broker.network.monitoringApi.port"));
    assertTrue(failure.getMessage().contains("127.0.0.1:" + monitoring.server.port()));
  }

  @Test
  void shouldReleaseThePortWhenStoppedAndBeAbleToStopTwice() throws Exception {
    // given
    int port = monitoring.server.port();
    assertEquals(200, monitoring.read("/ready").statusCode());

    // when
    monitoring.server.stop();
    monitoring.server.stop();

    // then
    assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", port).close());
    assertFalse(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().startsWith("monitoring") && thread.isAlive()));
  }
}
