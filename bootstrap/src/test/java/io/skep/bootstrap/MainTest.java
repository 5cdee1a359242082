package io.skep.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path directory;

  @Test
  void shouldShowHelpAndVersion() {
    assertEquals(Main.OK, run(Map.of(), "--help"));
    assertTrue(out().startsWith("Usage: skep COMMAND"));
    assertEquals(Main.OK, run(Map.of(), "version"));
    assertTrue(
        out().matches("(?s).*Skep \\d+\\.\\d+\\.\\d+\\S*, speaks Zeebe 8\\.6\\.0\\R"), out());
    assertEquals("", err());
  }

  @Test
  void shouldShowTheConfigurationAndItsSourcesAsYaml() throws Exception {
    // given
    Path file = directory.resolve("a.yaml");
    Files.writeString(file, "zeebe.broker.cluster.clusterName: 'it''s: #1'\n");

    // when
    int code =
        run(
            Map.of("ZEEBE_BROKER_CLUSTER_NODEID", "0", "ZEEBE_BROKER_DATA_RUNTIMEDIRECTORY", "x"),
            "config",
            "--config",
            file.toString(),
            "--zeebe.broker.data.directory=/var/x");
    String page = out();

    // then
    assertEquals(Main.OK, code);
    assertTrue(page.contains("# file: " + file), page);
    assertTrue(page.contains("# warning: ZEEBE_BROKER_DATA_RUNTIMEDIRECTORY has no effect"), page);
    assertTrue(page.contains("zeebe.broker.cluster.clusterName: 'it''s: #1'"), page);
    assertTrue(
        page.matches("(?s).*nodeId: 0 +# environment variable ZEEBE_BROKER_CLUSTER_NODEID\n.*"));
    assertTrue(page.contains("# command line --zeebe.broker.data.directory"), page);

    // and it can be read again
    Path again = directory.resolve("b.yaml");
    Files.writeString(again, page);
    out.reset();
    assertEquals(Main.OK, run(Map.of(), "config", "--config", again.toString()));
    assertTrue(out().contains("zeebe.broker.cluster.clusterName: 'it''s: #1'"), out());
  }

  @Test
  void shouldPrintEachProblemOnALineAndFail() {
    // when
    int code =
        run(
            Map.of("ZEEBE_BROKER_NETWORK_HOSTS", "x"),
            "config",
            "--zeebe.broker.cluster.nodeId=no");

    // then
    assertEquals(Main.FAILED, code);
    assertEquals(2, err().lines().count());
    assertEquals("", out());
  }

  @Test
  void shouldTellMisuseFromFailure() {
    // when
    int code = run(Map.of(), "brokr");

    // then
    assertEquals(Main.MISUSED, code);
    assertEquals(
        List.of(
            "Expected broker, gateway, config, bench or version, but got 'brokr'",
            "See skep --help"),
        err().lines().toList());
  }

  @Test
  void shouldHandOverToTheLoadGenerator() {
    // when
    int code = run(Map.of(), "bench", "--rates", "5");

    // then
    assertEquals(Main.MISUSED, code);
    assertTrue(err().endsWith("See skep bench --help" + System.lineSeparator()), err());
  }

  @Test
  void shouldFailWithOneLineAndReleaseItsPortsWhenAPortIsTaken() throws Exception {
    // given
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int monitoring = freePort();

      // when
      int code =
          run(
              Map.of(),
              "broker",
              "--zeebe.broker.network.host=127.0.0.1",
              "--zeebe.broker.data.directory=" + directory.resolve("data"),
              "--zeebe.broker.network.monitoringApi.port=" + monitoring,
              "--zeebe.broker.network.internalApi.port=0",
              "--zeebe.broker.network.commandApi.port=" + taken.getLocalPort(),
              "--zeebe.broker.gateway.network.port=0");

      // then
      assertEquals(Main.FAILED, code);
      assertEquals(1, err().lines().count(), err());
      assertTrue(err().contains(Integer.toString(taken.getLocalPort())), err());
      assertFalse(err().contains("Exception"), err());
      new ServerSocket(monitoring, 1, InetAddress.getLoopbackAddress()).close();
    }
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private int run(Map<String, String> variables, String... arguments) {
    return new Main(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), variables)
        .run(List.of(arguments));
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private String err() {
    return err.toString(UTF_8);
  }
}
