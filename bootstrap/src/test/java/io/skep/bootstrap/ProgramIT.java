package io.skep.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The jar and the script as their users have them.
@Timeout(180)
class ProgramIT {
  @TempDir Path directory;

  private final Map<String, Integer> ports = new LinkedHashMap<>();

  private Map<String, String> variables() throws Exception {
    ports.put("gateway", Program.freePort());
    ports.put("command", Program.freePort());
    ports.put("internal", Program.freePort());
    ports.put("monitoring", Program.freePort());
    var variables = new LinkedHashMap<String, String>();
    variables.put("ZEEBE_BROKER_NETWORK_HOST", "127.0.0.1");
    variables.put("ZEEBE_BROKER_DATA_DIRECTORY", directory.resolve("data").toString());
    variables.put("ZEEBE_BROKER_GATEWAY_NETWORK_PORT", ports.get("gateway").toString());
    variables.put("ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT", ports.get("command").toString());
    variables.put("ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT", ports.get("internal").toString());
    variables.put("ZEEBE_BROKER_NETWORK_MONITORINGAPI_PORT", ports.get("monitoring").toString());
    return variables;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldStartTellItsPortsBecomeReadyAndStopWhenAskedTo(boolean script) throws Exception {
    // given
    var variables = variables();
    try (Program broker =
        script
            ? Program.script(directory, variables, "broker")
            : Program.jar(directory, variables, "broker")) {

      // when
      String first = broker.line("broker 0 of zeebe-cluster");
      Program.awaitOk(ports.get("monitoring"), "/ready");
      Program.awaitOk(ports.get("monitoring"), "/startup");
      Program.awaitOk(ports.get("monitoring"), "/health");
      String metrics = Program.read(ports.get("monitoring"), "/metrics").body();
      broker.terminate();
      int code = broker.exitCode();

      // then
      assertTrue(first.startsWith("Skep "), first);
      for (int port : ports.values()) {
        assertTrue(broker.output().contains(" " + port + "  for "), broker.output());
      }
      assertTrue(metrics.contains("atomix_role{partition=\"1\""), metrics);
      assertEquals(0, code, broker.output());
      assertTrue(broker.output().endsWith("Skep has stopped."), broker.output());
      assertFalse(broker.output().contains(" WARN "), broker.output());
      for (int port : ports.values()) {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      }
    }
  }

  @Test
  void shouldStartAgainFromItsDataAfterBeingKilled() throws Exception {
    // given
    var variables = variables();
    try (Program broker = Program.jar(directory, variables, "broker")) {
      Program.awaitOk(ports.get("monitoring"), "/ready");
      broker.kill();
    }

    // when
    try (Program broker = Program.jar(directory, variables, "broker")) {
      Program.awaitOk(ports.get("monitoring"), "/ready");
      broker.terminate();

      // then
      assertEquals(0, broker.exitCode(), broker.output());
    }
  }

  @Test
  void shouldServeNoClientsWhereTheGatewayIsSwitchedOff() throws Exception {
    // given
    var variables = variables();
    variables.put("ZEEBE_BROKER_GATEWAY_ENABLE", "false");

    // when
    try (Program broker = Program.jar(directory, variables, "broker")) {
      Program.awaitOk(ports.get("monitoring"), "/ready");

      // then
      assertFalse(broker.output().contains("Gateway API"), broker.output());
      new ServerSocket(ports.get("gateway"), 1, InetAddress.getLoopbackAddress()).close();
    }
  }

  @Test
  void shouldStartAGatewayThatIsStartedButNotReadyWithoutBrokers() throws Exception {
    // given
    int monitoring = Program.freePort();
    var variables =
        Map.of(
            "ZEEBE_STANDALONE_GATEWAY",
            "true",
            "ZEEBE_GATEWAY_NETWORK_HOST",
            "127.0.0.1",
            "ZEEBE_GATEWAY_NETWORK_PORT",
            Integer.toString(Program.freePort()),
            "ZEEBE_GATEWAY_CLUSTER_INITIALCONTACTPOINTS",
            "127.0.0.1:" + Program.freePort(),
            "MANAGEMENT_SERVER_PORT",
            Integer.toString(monitoring));

    // when
    try (Program gateway = Program.jar(directory, variables)) {
      gateway.line("gateway gateway of zeebe-cluster");
      Program.awaitOk(monitoring, "/startup");
      var ready = Program.read(monitoring, "/ready");
      gateway.terminate();

      // then
      assertEquals(503, ready.statusCode());
      assertTrue(ready.body().contains("no partition leader is known"), ready.body());
      assertEquals(0, gateway.exitCode(), gateway.output());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "512m, '', 'Heap up to 292 MB, buffers up to 60 MB'",
    "2G, '', 'Heap up to 1636 MB, buffers up to 252 MB'",
    "512m, -Xmx300m, 'Heap up to 300 MB, buffers up to 60 MB'",
    "512m, -XX:MaxDirectMemorySize=99m, 'Heap up to 292 MB, buffers up to 99 MB'",
  })
  void shouldTellTheMemoryThatItWasGiven(String memory, String options, String told)
      throws Exception {
    // given
    var variables = variables();
    variables.put("SKEP_MEMORY", memory);
    variables.put("JAVA_OPTS", options);

    // when
    try (Program broker = Program.script(directory, variables, "broker")) {

      // then
      assertTrue(broker.line("Heap up to").contains(told), broker.output());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"100m", "512", "much", "1t", "2gb"})
  void shouldRefuseAMemoryThatIsTooSmallOrNoSize(String memory) throws Exception {
    // when
    try (Program broker = Program.script(directory, Map.of("SKEP_MEMORY", memory), "broker")) {

      // then
      assertEquals(1, broker.exitCode());
      assertEquals(
          "Expected SKEP_MEMORY to be 256m or more, such as 512m or 2g, but it is '%s'"
              .formatted(memory),
          broker.output());
    }
  }

  @Test
  void shouldReadTheFileOfItsWorkingDirectoryAndRefuseABadOne() throws Exception {
    // given
    Files.createDirectories(directory.resolve("config"));
    Files.writeString(
        directory.resolve("config/skep.yaml"), "zeebe:\n  broker:\n    netwrk:\n      host: a\n");

    // when
    try (Program broker = Program.script(directory, Map.of(), "broker")) {

      // then
      assertEquals(1, broker.exitCode());
      assertEquals(
          "Expected a key that exists, but there is no zeebe.broker.netwrk.host"
              + " (config/skep.yaml:4). The nearest is zeebe.broker.network.host",
          broker.output());
    }
  }

  @Test
  void shouldFindItsJarWhereverTheScriptIsLinkedFrom() throws Exception {
    // given
    Path link = directory.resolve("my skep");
    Files.createSymbolicLink(link, Program.ROOT.resolve("bin/skep"));

    // when
    try (Program version =
        Program.start(directory, Map.of(), List.of(link.toString(), "version"))) {

      // then
      assertEquals(0, version.exitCode(), version.output());
      assertTrue(version.output().startsWith("Skep "), version.output());
    }
  }

  @Test
  void shouldStartWithWhatTheJvmLearntInTheBuild() throws Exception {
    // given
    // With this the JVM gives up if it cannot use the cache that it is told of.
    var variables = Map.of("JAVA_OPTS", "-XX:AOTMode=on");

    // when
    try (Program version = Program.script(directory, variables, "version")) {

      // then
      assertEquals(0, version.exitCode(), version.output());
      assertTrue(Files.exists(Program.ROOT.resolve("bootstrap/target/skep.aot")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:MaxHeapFreeRatio=50"})
  void shouldStartWithOptionsThatItsOwnDoNotFit(String options) throws Exception {
    // given
    var variables = Map.of("JAVA_OPTS", options);

    // when
    try (Program version = Program.script(directory, variables, "version")) {

      // then
      assertEquals(0, version.exitCode(), version.output());
      assertEquals(1, version.output().lines().count(), version.output());
    }
  }

  /// Of Linux. Where there is no /proc the threads are not looked for either.
  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @ValueSource(ints = {0, 12})
  void shouldLetRequestsGoBeforeCollectingGarbageOnceThereAreAny(int nicer) throws Exception {
    // given
    var variables = variables();
    var command = List.of("nice", "-n", "" + nicer, Program.ROOT + "/bin/skep", "broker");

    // when
    try (Program broker = Program.start(directory, variables, command)) {
      Program.awaitOk(ports.get("monitoring"), "/ready");
      var atFirst = niceness(broker);
      int others = atFirst.get("others");
      int concurrent = Math.min(19, others + 10);
      var expected = concurrentThreads(concurrent, others);
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      // Each read costs CPU time.
      while (!niceness(broker).equals(expected) && System.nanoTime() < deadline) {
        Program.read(ports.get("monitoring"), "/metrics");
      }

      // then
      assertEquals(concurrentThreads(others, others), atFirst);
      assertEquals(expected, niceness(broker));
    }
  }

  private static Map<String, Integer> concurrentThreads(int niceness, int others) {
    return Map.of(
        "G1 Conc", niceness, "G1 Main Marker", niceness, "G1 Refine", niceness, "others", others);
  }

  /// The most by names of threads, of those that are expected to become nicer than others.
  private static Map<String, Integer> niceness(Program program) throws Exception {
    var niceness = new TreeMap<String, Integer>();
    try (var threads = Files.list(Path.of("/proc/" + program.id() + "/task"))) {
      for (Path thread : threads.toList()) {
        String stat;
        try {
          stat = Files.readString(thread.resolve("stat"));
        } catch (IOException _) {
          // It has ended.
          continue;
        }
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        boolean isConcurrent = name.matches("G1 (Conc|Refine|Main).*");
        niceness.merge(
            isConcurrent ? name.replaceAll("#.*", "") : "others",
            Integer.parseInt(fields[16]),
            Math::max);
      }
    }
    return niceness;
  }

  @Test
  void shouldSayWhichJdksItFoundWhenAllAreTooOld() throws Exception {
    // given
    Path old = directory.resolve("old");
    Files.createDirectories(old.resolve("bin"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 3\n");
    assertTrue(old.resolve("bin/java").toFile().setExecutable(true));
    Path script = directory.resolve("find-java");
    // The usual places of this machine hold one that fits.
    Files.writeString(
        script, Files.readString(Program.ROOT.resolve("bin/find-java")).replace("/usr/", "/none/"));

    // when
    try (Program search =
        Program.start(
            directory,
            Map.of("JAVA_HOME", old.toString(), "HOME", directory.toString(), "PATH", "/bin"),
            List.of("/bin/sh", script.toString()))) {

      // then
      assertEquals(1, search.exitCode(), search.output());
      assertTrue(
          search.output().startsWith("Expected a JDK of version 25 or newer"), search.output());
      assertTrue(search.output().contains(old + "/bin/java (version 17)"), search.output());
    }
  }
}
