package io.skep.bootstrap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
  private static final String NODES = "zeebe.broker.cluster.clusterSize";

  @TempDir Path directory;
  private Given given;

  @BeforeEach
  void setUp() {
    given = new Given(directory);
  }

  @Test
  void shouldPreferCommandLineToPropertyToEnvironmentToFileToDefault() {
    // given
    var expected =
        List.of(
            "default",
            "config/skep.yaml:1",
            "environment variable ZEEBE_BROKER_CLUSTER_CLUSTERSIZE",
            "system property " + NODES,
            "command line --" + NODES);

    // when
    var none = given.broker();
    var file = given.yaml(NODES + ": 2").broker();
    var variable = given.variable("ZEEBE_BROKER_CLUSTER_CLUSTERSIZE", "3").broker();
    var property = given.property(NODES, "4").broker();
    var argument = given.argument(NODES + "=5").broker();

    // then
    var all = List.of(none, file, variable, property, argument);
    for (int i = 0; i < all.size(); i++) {
      assertEquals(i + 1, all.get(i).of(BrokerKeys.CLUSTER_SIZE));
      assertEquals(expected.get(i), all.get(i).source(BrokerKeys.CLUSTER_SIZE));
    }
  }

  @Test
  void shouldReadTheFileOfTheCommandLineRatherThanOthers() {
    // given
    given
        .yaml(NODES + ": 2")
        .yaml("env.yaml", NODES + ": 3")
        .yaml("cli.yaml", NODES + ": 4")
        .variable("SKEP_CONFIG", "env.yaml");

    // when
    int fromVariable = given.broker().of(BrokerKeys.CLUSTER_SIZE);
    int fromCommandLine = given.configFile("cli.yaml").broker().of(BrokerKeys.CLUSTER_SIZE);

    // then
    assertEquals(3, fromVariable);
    assertEquals(4, fromCommandLine);
  }

  @Test
  void shouldReadWhatSpringsVariablesName() {
    // given
    given
        .yaml("base/application.yaml", NODES + ": 2\nzeebe.broker.cluster.nodeId: 1")
        .yaml("more.yaml", NODES + ": 3")
        .variable("SPRING_CONFIG_LOCATION", "classpath:/,optional:file:nothing.yaml,file:./base/")
        .variable("SPRING_CONFIG_ADDITIONAL_LOCATION", "file:more.yaml");

    // when
    Configuration configuration = given.broker();

    // then
    assertEquals(3, configuration.of(BrokerKeys.CLUSTER_SIZE));
    assertEquals(1, configuration.of(BrokerKeys.NODE_ID));
    assertEquals("more.yaml:1", configuration.source(BrokerKeys.CLUSTER_SIZE));
  }

  @Test
  void shouldSayWhichFileIsMissing() {
    // when
    String problem = given.configFile("nowhere.yaml").problem(Role.BROKER);

    // then
    assertEquals("Expected a configuration file at nowhere.yaml, but there is none", problem);
  }

  @ParameterizedTest
  @CsvSource({
    "zeebe.broker.network.commandApi.port, 70000, 'a port of 1 to 65535, or 0 for any that is free'",
    "zeebe.broker.network.commandApi.port, -1, 'a port of 1 to 65535, or 0 for any that is free'",
    "zeebe.broker.network.commandApi.port, http, 'a port of 1 to 65535, or 0 for any that is free'",
    "zeebe.broker.cluster.partitionsCount, 0, 'a whole number of 1 to 4095'",
    "zeebe.broker.cluster.partitionsCount, 4096, 'a whole number of 1 to 4095'",
    "zeebe.broker.gateway.enable, maybe, 'true or false (or yes and no, on and off, 1 and 0)'",
    "zeebe.broker.network.maxMessageSize, 4 apples, 'a size of 16KB to 256MB, such as 512KB, 4MB or a number of bytes'",
    "zeebe.broker.data.snapshotPeriod, 30s, 'a duration of 1m or more, such as 500ms, 10s, 5m, 1h, PT10S or a number of milliseconds'",
    "zeebe.broker.data.snapshotPeriod, soon, 'a duration of 1m or more, such as 500ms, 10s, 5m, 1h, PT10S or a number of milliseconds'",
    "zeebe.broker.backpressure.algorithm, vegas, 'one of aimd, fixed'",
    "zeebe.broker.cluster.initialContactPoints, 'a:1,b', 'addresses like host:26502, separated by commas'",
    "zeebe.broker.cluster.clusterName, ' ', 'text that is not empty'",
  })
  void shouldRefuseAValueAndNameKeyValueSourceAndWhatIsAccepted(
      String key, String value, String accepted) {
    // when
    String problem = given.argument(key + "=" + value).problem(Role.BROKER);

    // then
    assertEquals(
        "Expected %s to be %s, but it is '%s' (command line --%s)"
            .formatted(key, accepted, value, key),
        problem);
  }

  @Test
  void shouldNameFileAndLineOfABadValue() {
    // when
    String problem =
        given
            .yaml(
                """
                zeebe:
                  broker:
                    # three of them
                    cluster:
                      clusterSize: three
                """)
            .problem(Role.BROKER);

    // then
    assertTrue(problem.endsWith("but it is 'three' (config/skep.yaml:5)"), problem);
  }

  @Test
  void shouldTellAllProblemsAtOnce() {
    // given
    given
        .variable("ZEEBE_BROKER_NETWORK_HOSTT", "x")
        .argument(NODES + "=none")
        .yaml("zeebe.broker.data.snapshotPeriod: 1s");

    // then
    assertEquals(3, given.problems(Role.BROKER).size());
  }

  @ParameterizedTest
  @CsvSource({
    "zeebe.broker.netwrk.host, zeebe.broker.network.host",
    "zeebe.broker.cluster.clustersiez, zeebe.broker.cluster.clusterSize",
    "zebee.broker.cluster.clusterSize, zeebe.broker.cluster.clusterSize",
    "zeebe.brokr.data.directory, zeebe.broker.data.directory",
    "zeebe.gateway.longPoling.timeout, zeebe.gateway.longPolling.timeout",
    "zeebe.gateway.cluster.memberid2, zeebe.gateway.cluster.memberId",
  })
  void shouldStopAtAnUnknownKeyInAFileAndNameTheNearest(String key, String nearest) {
    // when
    String problem = given.yaml("\n" + key + ": 1\n").problem(Role.BROKER);

    // then
    assertEquals(
        "Expected a key that exists, but there is no %s (config/skep.yaml:2). The nearest is %s"
            .formatted(key, nearest),
        problem);
  }

  @ParameterizedTest
  @CsvSource({
    "ZEEBE_BROKER_NETWORK_COMMAND_API_PORT, ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT",
    "ZEEBE_BROKR_NETWORK_HOST, ZEEBE_BROKER_NETWORK_HOST",
    "ZEEBE_GATEWAY_NETWORK_PROT, ZEEBE_GATEWAY_NETWORK_PORT",
  })
  void shouldStopAtAnUnknownVariableAndNameTheNearest(String variable, String nearest) {
    // when
    String problem = given.variable(variable, "1").problem(Role.BROKER);

    // then
    assertEquals(
        "Expected a key that exists, but there is no %s (environment variable %s). The nearest is %s"
            .formatted(variable, variable, nearest),
        problem);
  }

  @ParameterizedTest
  @CsvSource({
    "ZEEBE_GATEWAY_SERVICE_HOST, 10.0.0.1",
    "ZEEBE_GATEWAY_SERVICE_PORT_HTTP, 8080",
    "ZEEBE_GATEWAY_PORT, tcp://10.0.0.1:26500",
    "ZEEBE_GATEWAY_PORT_26500_TCP, tcp://10.0.0.1:26500",
    "ZEEBE_GATEWAY_PORT_26500_TCP_ADDR, 10.0.0.1",
    "MY_ZEEBE_BROKER_PORT_26502_TCP_PROTO, tcp",
    "ZEEBE_GATEWAY_ADDRESS, localhost:26500",
    "ZEEBE_ADDRESS, localhost:26500",
    "ZEEBE_CLIENT_ID, me",
    "ZEEBE_LOG_LEVEL, debug",
    "ZEEBE_STANDALONE_GATEWAY, true",
    "PATH, /bin",
  })
  void shouldLeaveAloneWhatKubernetesAndClientsPutIntoTheEnvironment(String name, String value) {
    // when
    Configuration configuration = given.variable(name, value).broker();

    // then
    assertEquals(List.of(), configuration.warnings());
  }

  @Test
  void shouldLeaveAloneWhatAFileHoldsForOthers() {
    // when
    Configuration configuration =
        given
            .yaml(
                """
                spring: {profiles: {active: broker}}
                logging.level.root: INFO
                camunda.rest.enabled: true
                zeebe.gateway.cluster.memberId: gateway-1
                """)
            .broker();

    // then
    assertEquals(List.of(), configuration.warnings());
  }

  @Test
  void shouldStopAtAnArgumentThatIsNoKey() {
    // when
    String problem = given.argument("port=3").problem(Role.BROKER);

    // then
    assertTrue(problem.startsWith("Expected a key that exists, but there is no port ("), problem);
  }

  @ParameterizedTest
  @CsvSource({
    "zeebe.broker.data.runtimeDirectory, fast",
    "zeebe.broker.experimental.rocksdb.memoryLimit, 1GB",
    "zeebe.broker.experimental.rocksdb.columnFamilyOptions.compaction_style, x",
    "zeebe.broker.exporters.jsonl.className, a.B",
    "zeebe.broker.cluster.heartbeatInterval, 100ms",
    "zeebe.broker.gateway.cluster.port, 1",
  })
  void shouldWarnAboutAKeyThatOnlyZeebeHas(String key, String value) {
    // when
    Configuration configuration = given.argument(key + "=" + value).broker();

    // then
    assertEquals(1, configuration.warnings().size());
    assertTrue(configuration.warnings().getFirst().startsWith(key + " has no effect: "));
  }

  @ParameterizedTest
  @CsvSource({
    "zeebe.gateway.security.authentication.mode, identity",
    "zeebe.gateway.multiTenancy.enabled, true",
    "zeebe.gateway.interceptors[0].className, a.B",
    "zeebe.broker.experimental.engine.authorizations.enableAuthorization, true",
  })
  void shouldNotStartWithoutAProtectionThatWasAskedFor(String key, String value) {
    // when
    String problem = given.argument(key + "=" + value).problem(Role.BROKER);

    // then
    assertTrue(
        problem.startsWith(
            "Expected %s not to be set to '%s', because it is not supported: "
                .formatted(key, value)),
        problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zeebe.gateway.security.authentication.mode=none",
        "zeebe.gateway.multiTenancy.enabled=no",
      })
  void shouldSayNothingWhenAnUnsupportedKeyAsksForNothing(String argument) {
    // when
    Configuration configuration = given.argument(argument).broker();

    // then
    assertEquals(List.of(), configuration.warnings());
  }

  @Test
  void shouldFillPlaceholdersFromTheEnvironment() {
    // given
    given
        .variable("NODE", "2")
        .variable("HOST", "inner")
        .yaml(
            """
            zeebe.broker.cluster.nodeId: ${NODE}
            zeebe.broker.cluster.clusterSize: ${SIZE:3}
            zeebe.broker.cluster.clusterName: a-${X:${HOST}}-${Y:}z
            """);

    // when
    Configuration configuration = given.broker();

    // then
    assertEquals(2, configuration.of(BrokerKeys.NODE_ID));
    assertEquals(3, configuration.of(BrokerKeys.CLUSTER_SIZE));
    assertEquals("a-inner-z", configuration.of(BrokerKeys.CLUSTER_NAME));
  }

  @ParameterizedTest
  @CsvSource({
    "${NOPE}, 'the environment variable NOPE is not set, and ${NOPE} gives no default after a colon'",
    "${A, a placeholder has no closing brace",
    "${LOOP}, the placeholders never end",
  })
  void shouldRefuseAPlaceholderThatCannotBeFilled(String value, String reason) {
    // when
    String problem =
        given.variable("LOOP", "${LOOP}").argument(NODES + "=" + value).problem(Role.BROKER);

    // then
    assertEquals(
        "Expected a value for %s, but %s (command line --%s)".formatted(NODES, reason, NODES),
        problem);
  }

  @Test
  void shouldRefuseTheSameKeyTwiceInAFile() {
    // when
    String problem =
        given
            .yaml(
                """
                zeebe.broker.network.commandApi.port: 1
                zeebe.broker.network.command-api.port: 2
                """)
            .problem(Role.BROKER);

    // then
    assertTrue(
        problem.endsWith("is at config/skep.yaml:1 as well as at config/skep.yaml:2"), problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "zeebe:\n", "zeebe:\n  broker:\n    cluster:\n"})
  void shouldTakeAnEmptyFileForNone(String text) {
    // when
    Configuration configuration = given.yaml(text).broker();

    // then
    assertEquals(1, configuration.of(BrokerKeys.CLUSTER_SIZE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"- a\n- b\n", "just text", "a: b\n---\nc: d\n", "a: &x {b: *x}", "\t: 1"})
  void shouldRefuseAFileThatIsNoConfiguration(String text) {
    // when
    String problem = given.yaml(text).problem(Role.BROKER);

    // then
    assertTrue(problem.contains("config/skep.yaml"), problem);
  }

  @Test
  void shouldTakeAnEmptyVariableForUnset() {
    // when
    Configuration configuration =
        given.variable("ZEEBE_BROKER_CLUSTER_CLUSTERSIZE", "").yaml(NODES + ": 2").broker();

    // then
    assertEquals(2, configuration.of(BrokerKeys.CLUSTER_SIZE));
  }

  @ParameterizedTest
  @CsvSource({
    "zeebe.broker.cluster.replicationFactor=2, 'to be at most zeebe.broker.cluster.clusterSize, but they are 2 and 1'",
    "zeebe.broker.cluster.nodeId=1, 'to be less than zeebe.broker.cluster.clusterSize, but they are 1 and 1'",
    "zeebe.broker.data.logSegmentSize=4MB, 'to be more than zeebe.broker.network.maxMessageSize, but they are 4MB and 4MB'",
    "zeebe.broker.network.portOffset=3904, 'to be at most 65535 together, but they are 26500 and 3904'",
    "zeebe.broker.network.monitoringApi.port=26500, 'to be different ports, but both are 26500'",
  })
  void shouldRefuseValuesThatDoNotGoTogether(String argument, String problem) {
    // when
    String told = given.argument(argument).problems(Role.BROKER).getFirst();

    // then
    assertTrue(told.contains(problem), told);
    assertTrue(told.contains("(") && told.contains("default"), told);
  }

  @Test
  void shouldLetApisShareAPortOnDifferentAddresses() {
    // when
    Configuration configuration =
        given
            .argument("zeebe.broker.network.host=127.0.0.1")
            .argument("zeebe.broker.network.monitoringApi.host=127.0.0.2")
            .argument("zeebe.broker.network.monitoringApi.port=26500")
            .broker();

    // then
    assertEquals(26500, BrokerConfig.of(configuration).monitoring().port());
  }

  @Test
  void shouldNotMindTheGatewaysPortWhereThereIsNoGateway() {
    // when
    Configuration configuration =
        given
            .argument("zeebe.broker.gateway.enable=false")
            .argument("zeebe.broker.network.monitoringApi.port=26500")
            .broker();

    // then
    assertFalse(BrokerConfig.of(configuration).gatewayEnabled());
  }

  @Test
  void shouldAddTheOffsetToEveryPort() {
    // when
    BrokerConfig broker =
        BrokerConfig.of(given.argument("zeebe.broker.network.portOffset=5").broker());

    // then
    assertEquals(26550, broker.gatewayApi().port());
    assertEquals(26551, broker.commandApi().port());
    assertEquals(26552, broker.internalApi().port());
    assertEquals(9650, broker.monitoring().port());
    assertEquals(26552, broker.internalApi().advertised().port());
  }

  @Test
  void shouldAdvertiseWhatIsSetAndElseWhatIsBound() {
    // given
    given
        .argument("zeebe.broker.network.host=127.0.0.7")
        .argument("zeebe.broker.network.internalApi.advertisedHost=broker.example")
        .argument("zeebe.broker.network.internalApi.advertisedPort=7");

    // when
    BrokerConfig broker = BrokerConfig.of(given.broker());
    given.argument("zeebe.broker.network.advertisedHost=all.example");
    BrokerConfig other = BrokerConfig.of(given.broker());

    // then
    assertEquals(new Address("broker.example", 7), broker.internalApi().advertised());
    assertEquals(new Address("127.0.0.7", 26501), broker.internalApi().commandApi());
    assertEquals(new Address("all.example", 26501), other.internalApi().commandApi());
  }

  @Test
  void shouldAdvertiseAnAddressThatOthersCanReachWhenAllAreBound() {
    // when
    BrokerConfig broker = BrokerConfig.of(given.broker());

    // then
    assertFalse(Hosts.isEveryAddress(broker.internalApi().advertised().host()));
  }

  @Test
  void shouldHandEveryPartItsSettings() {
    // given
    given.yaml(
        """
        zeebe:
          broker:
            network: {maxMessageSize: 2MB, host: 127.0.0.1}
            data: {directory: there, logSegmentSize: 32MB, snapshotPeriod: 1h}
            cluster:
              nodeId: 1
              clusterSize: 3
              replicationFactor: 3
              partitionsCount: 5
              clusterName: bees
              initialContactPoints: [a:1]
              electionTimeout: 1s
            backpressure: {algorithm: fixed, fixed.limit: 7}
            gateway:
              network: {minKeepAliveInterval: 5s, maxMessageSize: 1MB}
              cluster.requestTimeout: PT3S
              longPolling: {enabled: off, timeout: 2500, probeTimeout: 1m, minEmptyResponses: 9}
        skep.broker.recordLog.file: /tmp/records
        """);

    // when
    BrokerConfig broker = BrokerConfig.of(given.broker());

    // then
    var internal = broker.internalApi();
    assertEquals(directory.resolve("there"), internal.dataDirectory());
    assertEquals(32 << 20, internal.segmentBytes());
    assertEquals(Duration.ofHours(1), internal.snapshotInterval());
    assertEquals(1, internal.nodeId());
    assertEquals(3, internal.clusterSize());
    assertEquals(3, internal.replicationFactor());
    assertEquals(5, internal.partitionCount());
    assertEquals("bees", internal.clusterName());
    assertEquals(List.of(new Address("a", 1)), internal.contactPoints());
    assertEquals(Duration.ofSeconds(1), internal.electionTimeoutMin());
    assertEquals(Duration.ofSeconds(2), internal.electionTimeoutMax());
    assertTrue(internal.maxEntryBytes() > 2 << 20);
    assertEquals("bees", broker.commandApi().clusterName());
    assertEquals(1, broker.commandApi().localNodeId());
    assertTrue(broker.commandApi().maxFrameBytes() > 2 << 20);
    assertEquals(7, broker.partitions().maxInFlight());
    assertEquals(5, broker.partitions().partitionCount());
    assertEquals(Duration.ofSeconds(5), broker.gatewayApi().minKeepAliveInterval());
    assertEquals(1 << 20, broker.gatewayApi().maxMessageBytes());
    assertEquals(Duration.ofSeconds(3), broker.gateway().requestTimeout());
    assertFalse(broker.gateway().longPolling().enabled());
    assertEquals(Duration.ofMillis(2500), broker.gateway().longPolling().timeout());
    assertEquals(Duration.ofMinutes(1), broker.gateway().longPolling().probeTimeout());
    assertEquals(9, broker.gateway().longPolling().minEmptyResponses());
    assertEquals(Path.of("/tmp/records"), broker.records().file());
    assertTrue(
        broker.monitoring().properties().stream()
            .anyMatch(
                property ->
                    property.key().equals("zeebe.broker.cluster.nodeId")
                        && property.value().equals("1")
                        && property.source().equals("config/skep.yaml:6")));
  }

  @Test
  void shouldPickFreePortsForZero() {
    // when
    BrokerConfig broker =
        BrokerConfig.of(
            given
                .argument("zeebe.broker.network.commandApi.port=0")
                .argument("zeebe.broker.network.internalApi.port=0")
                .broker());

    // then
    assertTrue(broker.commandApi().port() > 0);
    assertEquals(broker.commandApi().port(), broker.internalApi().commandApi().port());
    assertTrue(broker.commandApi().port() != broker.internalApi().port());
  }
}
