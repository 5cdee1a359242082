package io.skep.bootstrap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys that are not there, belong to others, or have no effect.
class UnknownKeysTest {
  private Given given;

  @BeforeEach
  void setUp(@TempDir Path directory) {
    given = new Given(directory);
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

  @Test
  void shouldStopAtAnArgumentThatIsNoKey() {
    // when
    String problem = given.argument("port=3").problem(Role.BROKER);

    // then
    assertTrue(problem.startsWith("Expected a key that exists, but there is no port ("), problem);
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
}
