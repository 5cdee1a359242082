package io.skep.bootstrap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Address;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is printed on the pages that users copy from, with their slips.
class SeedPageTest {
  @TempDir Path directory;
  private Given given;

  @BeforeEach
  void setUp() {
    given = new Given(directory);
  }

  @Test
  void shouldHaveThePortsOfThePageByDefault() {
    // when
    BrokerConfig broker = BrokerConfig.of(given.broker());
    GatewayConfig gateway = GatewayConfig.of(given.gateway());

    // then
    assertEquals(26500, broker.gatewayApi().port());
    assertEquals(26501, broker.commandApi().port());
    assertEquals(26502, broker.internalApi().port());
    assertEquals(9600, broker.monitoring().port());
    assertEquals(26500, gateway.gatewayApi().port());
    assertEquals(9600, gateway.monitoring().port());
    assertEquals(List.of(new Address("127.0.0.1", 26502)), gateway.member().contactPoints());
  }

  @Test
  void shouldReadTheFileOfThePage() {
    // given
    given.yaml(
        """
        zeebe:
          broker:
            network:
              commandAPI:
                port: 1001
              internalAPI:
                port: 1002
              monitoringApi:
                port: 1003
            gateway:
              network:
                port: 1004
        """);

    // when
    BrokerConfig broker = BrokerConfig.of(given.broker());

    // then
    assertEquals(1001, broker.commandApi().port());
    assertEquals(1002, broker.internalApi().port());
    assertEquals(1003, broker.monitoring().port());
    assertEquals(1004, broker.gatewayApi().port());
  }

  @Test
  void shouldSayWhereAColonIsMissing() {
    // given
    given.yaml(
        """
        zeebe:
          broker:
            network:
              monitoringApi
                port: 9600
        """);

    // when
    String problem = given.problem(Role.BROKER);

    // then
    assertTrue(problem.startsWith("Expected YAML in config/skep.yaml:5, but: "), problem);
    assertTrue(problem.contains("A colon"), problem);
  }

  @Test
  void shouldReadTheEnvironmentOfThePage() {
    // given
    given
        .variable("ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT", "1001")
        .variable("ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT", "1002")
        .variable("ZEEBE_BROKER_NETWORK_MONITORINGAPI_PORT", "1003")
        .variable("ZEEBE_GATEWAY_CLUSTER_NETWORK_PORT", "1004");

    // when
    BrokerConfig broker = BrokerConfig.of(given.broker());

    // then
    assertEquals(1001, broker.commandApi().port());
    assertEquals(1002, broker.internalApi().port());
    assertEquals(1003, broker.monitoring().port());
    assertEquals(1004, broker.gatewayApi().port());
  }

  @Test
  void shouldTakeTheMisspeltMonitoringPortAndSaySo() {
    // given
    given.variable("ZEEBE_BROKER_NETWORK_MONITOIRNGAPI_PORT", "9700");

    // when
    Configuration configuration = given.broker();

    // then
    assertEquals(9700, BrokerConfig.of(configuration).monitoring().port());
    assertTrue(
        configuration.warnings().getFirst().contains("misspelt"),
        () -> configuration.warnings().toString());
  }

  @Test
  void shouldPreferTheRightSpellingOfTheMonitoringPort() {
    // given
    given
        .variable("ZEEBE_BROKER_NETWORK_MONITOIRNGAPI_PORT", "9700")
        .variable("ZEEBE_BROKER_NETWORK_MONITORINGAPI_PORT", "9800");

    // when
    Configuration configuration = given.broker();

    // then
    assertEquals(9800, BrokerConfig.of(configuration).monitoring().port());
  }

  @Test
  void shouldTakeTheGatewaysPortUnderTheSlipAndPreferTheRightName() {
    // given
    given.variable("ZEEBE_GATEWAY_CLUSTER_NETWORK_PORT", "1111");
    assertEquals(1111, GatewayConfig.of(given.gateway()).gatewayApi().port());
    assertEquals(1, given.gateway().warnings().size());

    // when
    given.variable("ZEEBE_GATEWAY_NETWORK_PORT", "2222");

    // then
    assertEquals(2222, GatewayConfig.of(given.gateway()).gatewayApi().port());
  }

  @Test
  void shouldRefuseThePagesWrongInternalPortAndNameBothKeys() {
    // given
    given
        .variable("ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT", "26501")
        .variable("ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT", "26501");

    // when
    String problem = given.problem(Role.BROKER);

    // then
    assertEquals(
        "Expected zeebe.broker.network.commandApi.port and zeebe.broker.network.internalApi.port to"
            + " be different ports, but both are 26501 (environment variable"
            + " ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT; environment variable"
            + " ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT)",
        problem);
  }

  @Test
  void shouldNameEveryPairWhenThreeApisShareAPort() {
    // given
    given
        .variable("ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT", "26501")
        .variable("ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT", "26501")
        .variable("ZEEBE_BROKER_NETWORK_MONITOIRNGAPI_PORT", "26501");

    // then
    assertEquals(3, given.problems(Role.BROKER).size());
  }

  @Test
  void shouldFindContactPointsInAllTheirForms() {
    var expected = List.of(new Address("a", 1), new Address("b", 2));
    for (Given form :
        List.of(
            new Given(directory).variable("ZEEBE_GATEWAY_CLUSTER_INITIALCONTACTPOINTS", "a:1,b:2"),
            new Given(directory)
                .variable("ZEEBE_GATEWAY_CLUSTER_INITIALCONTACTPOINTS_1", "b:2")
                .variable("ZEEBE_GATEWAY_CLUSTER_INITIALCONTACTPOINTS_0", "a:1"),
            new Given(directory).argument("zeebe.gateway.cluster.initialContactPoints=a:1, b:2"),
            new Given(directory)
                .yaml("a.yaml", "zeebe.gateway.cluster.initialContactPoints: [a:1, b:2]")
                .configFile("a.yaml"),
            new Given(directory)
                .yaml(
                    "b.yaml",
                    """
                    zeebe:
                      gateway:
                        cluster:
                          initial-contact-points:
                            - a:1
                            - b:2
                    """)
                .configFile("b.yaml"))) {
      // when
      var points = GatewayConfig.of(form.gateway()).member().contactPoints();

      // then
      assertEquals(expected, points);
    }
  }

  @Test
  void shouldTakeTheOldContactPointAndSaySo() {
    // given
    given.variable("ZEEBE_GATEWAY_CLUSTER_CONTACTPOINT", "broker:26502");

    // when
    Configuration configuration = given.gateway();

    // then
    assertEquals(
        List.of(new Address("broker", 26502)),
        GatewayConfig.of(configuration).member().contactPoints());
    assertTrue(configuration.warnings().getFirst().contains("out of date"));
  }

  @Test
  void shouldTakeSpringsManagementPortInBothRoles() {
    // given
    given.variable("MANAGEMENT_SERVER_PORT", "9700");

    // then
    assertEquals(9700, BrokerConfig.of(given.broker()).monitoring().port());
    assertEquals(9700, GatewayConfig.of(given.gateway()).monitoring().port());
  }

  @Test
  void shouldPreferTheEmbeddedGatewaysOwnKeys() {
    // given
    given.yaml(
        """
        zeebe:
          gateway.network: {port: 1111, host: 127.0.0.2}
          broker.gateway.network.port: 2222
        """);

    // when
    BrokerConfig broker = BrokerConfig.of(given.broker());

    // then
    assertEquals(2222, broker.gatewayApi().port());
    assertEquals("127.0.0.2", broker.gatewayApi().host());
  }
}
