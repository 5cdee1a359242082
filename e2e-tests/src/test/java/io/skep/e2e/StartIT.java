package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody sees who starts it, above all when it does not start.
class StartIT {
  @TempDir Path directory;

  @Test
  void shouldNameThePortThatIsTaken() throws Exception {
    // given
    var skep = SkepProcess.broker(directory);
    try (var taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), skep.ports.gateway()));

      // when
      int exitCode = skep.launch().exitCode();

      // then
      assertFailure(exitCode, skep, Integer.toString(skep.ports.gateway()));
    }
  }

  @Test
  void shouldNameTheValueThatIsBad() {
    // given
    var skep = SkepProcess.broker(directory).with("ZEEBE_BROKER_CLUSTER_PARTITIONSCOUNT", "many");

    // when
    int exitCode = skep.launch().exitCode();

    // then
    assertFailure(exitCode, skep, "zeebe.broker.cluster.partitionsCount", "many");
  }

  @Test
  void shouldNameTheKeyThatWasProbablyMeant() {
    // given
    var skep = SkepProcess.broker(directory).with("ZEEBE_BROKER_CLUSTER_PARTITIONCOUNT", 3);

    // when
    int exitCode = skep.launch().exitCode();

    // then
    assertFailure(
        exitCode,
        skep,
        "ZEEBE_BROKER_CLUSTER_PARTITIONCOUNT",
        "ZEEBE_BROKER_CLUSTER_PARTITIONSCOUNT");
  }

  @Test
  void shouldLeaveTheDataOfAnotherBrokerAlone() {
    // given
    var owner = SkepProcess.broker(directory.resolve("owner")).start();
    owner.kill();
    var data = owner.directory.resolve("data").toAbsolutePath();
    var other =
        SkepProcess.broker(directory.resolve("other"))
            .with("ZEEBE_BROKER_DATA_DIRECTORY", data)
            .with("ZEEBE_BROKER_CLUSTER_CLUSTERNAME", "another-cluster");

    // when
    int exitCode = other.launch().exitCode();

    // then
    assertFailure(exitCode, other, data.toString(), "another-cluster");
  }

  @Test
  void shouldTakeTheKeysOfAFileAndOfTheSeedPage() throws Exception {
    // given
    var skep = SkepProcess.broker(directory);
    var file = directory.resolve("skep.yaml");
    Files.writeString(
        file,
        """
        zeebe:
          broker:
            network:
              commandAPI:
                port: %d
              internal-api.port: %d
        """
            .formatted(skep.ports.command(), skep.ports.internal()));
    skep.without("ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT")
        .without("ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT")
        .without("ZEEBE_BROKER_NETWORK_MONITORINGAPI_PORT")
        .without("ZEEBE_BROKER_GATEWAY_NETWORK_PORT")
        .with("ZEEBE_BROKER_NETWORK_MONITOIRNGAPI_PORT", skep.ports.monitoring())
        .with("ZEEBE_GATEWAY_CLUSTER_NETWORK_PORT", skep.ports.gateway())
        .with("SKEP_CONFIG", file.toAbsolutePath());

    // when
    try (var started = skep.start();
        var client = started.client()) {

      // then
      var broker = client.newTopologyRequest().send().join().getBrokers().getFirst();
      assertEquals("127.0.0.1:" + skep.ports.command(), broker.getAddress());
      for (int port :
          List.of(
              skep.ports.gateway(),
              skep.ports.command(),
              skep.ports.internal(),
              skep.ports.monitoring())) {
        assertTrue(skep.log().contains(Integer.toString(port)), skep::log);
      }
    }
  }

  @Test
  void shouldSayHowItIsUsed() {
    // given
    var skep = SkepProcess.of(directory, "borker");

    // when
    int exitCode = skep.launch().exitCode();

    // then
    assertEquals(2, exitCode, skep::log);
    assertTrue(skep.log().contains("borker"), skep::log);
    assertTrue(skep.log().contains("skep --help"), skep::log);
  }

  /// One line that a person can act on, and no trace of the stack.
  private static void assertFailure(int exitCode, SkepProcess skep, String... expected) {
    assertEquals(1, exitCode, skep::log);
    var lines = skep.log().lines().toList();
    assertTrue(
        lines.stream().anyMatch(line -> List.of(expected).stream().allMatch(line::contains)),
        skep::log);
    assertTrue(lines.stream().noneMatch(line -> line.startsWith("\tat ")), skep::log);
  }
}
