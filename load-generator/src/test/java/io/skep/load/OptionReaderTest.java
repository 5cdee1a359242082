package io.skep.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.load.Options.Pace;
import io.skep.load.Options.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionReaderTest {
  @Test
  void shouldLoadTheUsualGatewayIfNothingIsSaid() {
    // when
    Options options = read("");

    // then
    assertEquals(Scenario.TASK, options.scenario());
    assertEquals("127.0.0.1:26500", options.target().address());
    assertEquals(1, options.target().connections());
    assertEquals(new Pace.Closed(64), options.pace());
    assertEquals(Duration.ofSeconds(10), options.warmUp());
    assertEquals(Duration.ofSeconds(20), options.duration());
    assertNull(options.json());
    assertNull(options.plot());
  }

  @Test
  void shouldTakeValuesInBothForms() {
    // when
    Options options =
        read(
            "--scenario task --address=[::1]:1 --rate 0.5 --in-flight=9 --warm-up 0 --duration=3"
                + " --jobs=stream --variables-bytes 7 --connections=2 --process x --tls"
                + " --json=a.json --plot b.svg");

    // then
    assertEquals(
        new Options(
            Scenario.TASK,
            new Options.Target("::1", 1, 2, true, null),
            new Pace.Open(0.5, 9),
            Duration.ZERO,
            Duration.ofSeconds(3),
            true,
            7,
            "x",
            Path.of("a.json"),
            Path.of("b.svg")),
        options);
    assertEquals("[::1]:1", options.target().address());
  }

  @Test
  void shouldAllowMoreInFlightIfTheRateIsGiven() {
    assertEquals(new Pace.Open(200, 4096), read("--rate 200").pace());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--scenario tasks | Expected create or task or result for --scenario, but got 'tasks'",
        "--address localhost | Expected --address as HOST:PORT, such as 127.0.0.1:26500, but got 'localhost'",
        "--address http://a:1 | Expected --address as HOST:PORT, such as 127.0.0.1:26500, but got 'http://a:1'",
        "--address a:x | Expected a port from 1 to 65535 for --address, but got 'x'",
        "--address a:65536 | Expected a port from 1 to 65535 for --address, but got '65536'",
        "--duration 0 | Expected a number from 1 to 86400 for --duration, but got '0'",
        "--warm-up 1s | Expected a number from 0 to 86400 for --warm-up, but got '1s'",
        "--in-flight 0 | Expected a number from 1 to 100000 for --in-flight, but got '0'",
        "--rate NaN | Expected operations a second, 0.01 to 1000000, for --rate, but got 'NaN'",
        "--rate 0 | Expected operations a second, 0.01 to 1000000, for --rate, but got '0'",
        "--jobs push | Expected poll or stream for --jobs, but got 'push'",
        "--scenario create --jobs poll | Expected --jobs with --scenario task, but the scenario is create",
        "--process 1 | Expected letters, digits, '_', '.' or '-', a letter first, for --process, but got '1'",
        "--tls=maybe | Expected --tls alone, but got 'maybe' with it",
        "--ca no-such.pem | Expected a PEM file at --ca no-such.pem, but none can be read there",
        "--json | Expected a value after --json, but there is nothing",
        "--json= | Expected a file for --json, but got nothing",
        "--rate 1 --rate=2 | Expected --rate once, but it is there twice",
      })
  void shouldSayWhatMakesNoSense(String arguments, String message) {
    // when
    var failure = assertThrows(UsageException.class, () -> read(arguments));

    // then
    assertEquals(message, failure.getMessage());
  }

  @Test
  void shouldNameWhatIsAcceptedAndExplainAllOfIt() {
    // when
    String message = assertThrows(UsageException.class, () -> read("--adress a:1")).getMessage();

    // then
    assertTrue(message.startsWith("Expected one of --scenario, --address, "), message);
    assertTrue(message.endsWith(", but got '--adress'"), message);
    var names =
        Pattern.compile("--[a-z-]+").matcher(message.substring(0, message.indexOf(", but")));
    assertEquals(
        15, names.results().map(name -> name.group()).filter(Options.HELP::contains).count());
  }

  private static Options read(String arguments) {
    return OptionReader.read(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")));
  }
}
