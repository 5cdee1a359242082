package io.skep.bootstrap.config;

import static io.skep.bootstrap.config.Given.NODES;
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

/// Where values come from, and which of several counts.
class SourcesTest {
  private Given given;

  @BeforeEach
  void setUp(@TempDir Path directory) {
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
  void shouldTakeAnEmptyVariableForUnset() {
    // when
    Configuration configuration =
        given.variable("ZEEBE_BROKER_CLUSTER_CLUSTERSIZE", "").yaml(NODES + ": 2").broker();

    // then
    assertEquals(2, configuration.of(BrokerKeys.CLUSTER_SIZE));
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
}
