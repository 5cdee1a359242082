package io.skep.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.skep.bootstrap.CommandLine.Task;
import io.skep.bootstrap.CommandLine.UsageException;
import io.skep.bootstrap.config.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

  @ParameterizedTest
  @CsvSource({
    "broker, RUN, BROKER",
    "gateway, RUN, GATEWAY",
    "config, SHOW_CONFIGURATION, BROKER",
    "config broker, SHOW_CONFIGURATION, BROKER",
    "config gateway, SHOW_CONFIGURATION, GATEWAY",
    "version, SHOW_VERSION, BROKER",
    "--version, SHOW_VERSION, BROKER",
    "help, SHOW_HELP, BROKER",
    "-h, SHOW_HELP, BROKER",
    "broker --help, SHOW_HELP, BROKER",
  })
  void shouldKnowItsCommands(String line, Task task, Role role) {
    // when
    CommandLine parsed = parse(line);

    // then
    assertEquals(task, parsed.task());
    assertEquals(role, parsed.role());
    assertNull(parsed.configFile());
  }

  @Test
  void shouldTakeFileAndSettingsInAnyOrder() {
    // when
    CommandLine before = parse("--config a.yaml --x.y=z broker");
    CommandLine after = parse("broker --x.y=z --config=a.yaml");

    // then
    assertEquals(
        new CommandLine(Task.RUN, Role.BROKER, Path.of("a.yaml"), List.of("x.y=z")), after);
    assertEquals(after, before);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'Expected a command: broker, gateway, config, bench or version'",
    "start, 'Expected broker, gateway, config, bench or version, but got ''start'''",
    "config node, 'Expected broker or gateway, but got ''node'''",
    "broker gateway, 'Expected nothing more after ''broker'', but got ''gateway'''",
    "broker --config, 'Expected a file after --config, but there is nothing'",
    "broker -x, 'Expected --config, --KEY=VALUE or --help, but got -x'",
  })
  void shouldSayWhatMakesNoSense(String line, String message) {
    // when
    var failure = assertThrows(UsageException.class, () -> parse(line));

    // then
    assertEquals(message, failure.getMessage());
  }

  @Test
  void shouldLeaveTheOptionsOfTheLoadGeneratorToIt() {
    // when
    CommandLine parsed = parse("bench --rate 5 --help");

    // then
    assertEquals(
        new CommandLine(Task.BENCH, Role.BROKER, null, List.of("--rate", "5", "--help")), parsed);
  }

  @Test
  void shouldStartAGatewayWhereAContainerAsksForOneAndNoCommandIsGiven() {
    // given
    var variables = Map.of("ZEEBE_STANDALONE_GATEWAY", "true");

    // when
    CommandLine without = CommandLine.parse(List.of(), variables);
    CommandLine with = CommandLine.parse(List.of("broker"), variables);

    // then
    assertEquals(Role.GATEWAY, without.role());
    assertEquals(Role.BROKER, with.role());
  }

  private static CommandLine parse(String line) {
    return CommandLine.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")), Map.of());
  }
}
