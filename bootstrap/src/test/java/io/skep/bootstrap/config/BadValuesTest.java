package io.skep.bootstrap.config;

import static io.skep.bootstrap.config.Given.NODES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values that are refused, each for itself or together, and what is said of them.
class BadValuesTest {
  private Given given;

  @BeforeEach
  void setUp(@TempDir Path directory) {
    given = new Given(directory);
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
    "skep.broker.data.logBetweenSnapshots, 1000KB, 'a size of 1MB or more, such as 512MB, 2GB or a number of bytes'",
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
    "zeebe.broker.cluster.replicationFactor=2, 'to be at most zeebe.broker.cluster.clusterSize, but they are 2 and 1'",
    "zeebe.broker.cluster.nodeId=1, 'to be less than zeebe.broker.cluster.clusterSize, but they are 1 and 1'",
    "zeebe.broker.data.logSegmentSize=4MB, 'to be more than zeebe.broker.network.maxMessageSize, but they are 4MB and 4MB'",
    "zeebe.broker.data.disk.freeSpace.processing=1GB, 'freeSpace.replication to be less than zeebe.broker.data.disk.freeSpace.processing, but they are 1GB and 1GB'",
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
}
