package io.skep.load;

import io.skep.load.Options.Pace;
import io.skep.load.Options.Target;
import io.skep.load.Options.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads options: `--name value` or `--name=value`.
final class OptionReader {
  private static final List<String> NAMES =
      List.of(
          "--scenario",
          "--address",
          "--duration",
          "--warm-up",
          "--in-flight",
          "--rate",
          "--jobs",
          "--variables-bytes",
          "--connections",
          "--process",
          "--tls",
          "--ca",
          "--json",
          "--plot",
          "--help");
  private static final String FLAG = "--tls";
  private static final int MAX_VARIABLES_BYTES = 3 * 1024 * 1024;
  private static final int DAY_SECONDS = 86_400;

  private final Map<String, String> given = new LinkedHashMap<>();

  private OptionReader() {}

  /// @throws UsageException if they make no sense
  static Options read(List<String> arguments) {
    var reader = new OptionReader();
    reader.split(arguments);
    return reader.options();
  }

  private void split(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!NAMES.contains(name)) {
        throw new UsageException(
            "Expected one of %s, but got '%s'".formatted(String.join(", ", NAMES), name));
      }
      String value;
      if (equals >= 0) {
        value = argument.substring(equals + 1);
      } else if (name.equals(FLAG)) {
        value = "true";
      } else if (++i < arguments.size()) {
        value = arguments.get(i);
      } else {
        throw new UsageException(
            "Expected a value after %s, but there is nothing".formatted(argument));
      }
      if (given.put(name, value) != null) {
        throw new UsageException("Expected %s once, but it is there twice".formatted(name));
      }
    }
  }

  private Options options() {
    Scenario scenario = scenario();
    boolean streaming = choice("--jobs", "poll", "stream").equals("stream");
    if (given.containsKey("--jobs") && scenario != Scenario.TASK) {
      throw new UsageException(
          "Expected --jobs with --scenario task, but the scenario is " + scenario.text());
    }
    return new Options(
        scenario,
        target(),
        pace(),
        Duration.ofSeconds(number("--warm-up", 10, 0, DAY_SECONDS)),
        Duration.ofSeconds(number("--duration", 20, 1, DAY_SECONDS)),
        streaming,
        number("--variables-bytes", 100, 0, MAX_VARIABLES_BYTES),
        process(),
        file("--json"),
        file("--plot"));
  }

  private Scenario scenario() {
    String[] names = Arrays.stream(Scenario.values()).map(Scenario::text).toArray(String[]::new);
    String name = given.containsKey("--scenario") ? choice("--scenario", names) : "task";
    return Scenario.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private Target target() {
    String address = given.getOrDefault("--address", "127.0.0.1:26500");
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? "" : address.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) host = host.substring(1, host.length() - 1);
    if (host.isEmpty() || host.contains("/")) {
      throw new UsageException(
          "Expected --address as HOST:PORT, such as 127.0.0.1:26500, but got '%s'"
              .formatted(address));
    }
    int port = number("--address", "a port", address.substring(colon + 1), 1, 65_535);
    String tls = given.getOrDefault(FLAG, "false");
    if (!tls.equals("true") && !tls.equals("false")) {
      throw new UsageException("Expected --tls alone, but got '%s' with it".formatted(tls));
    }
    Path ca = file("--ca");
    if (ca != null && !Files.isReadable(ca)) {
      throw new UsageException(
          "Expected a PEM file at --ca %s, but none can be read there".formatted(ca));
    }
    int connections = number("--connections", 1, 1, 1_000);
    return new Target(host, port, connections, ca != null || tls.equals("true"), ca);
  }

  private Pace pace() {
    String rate = given.get("--rate");
    if (rate == null) {
      return new Pace.Closed(number("--in-flight", Options.DEFAULT_IN_FLIGHT, 1, 100_000));
    }
    double perSecond;
    try {
      perSecond = Double.parseDouble(rate);
    } catch (NumberFormatException _) {
      perSecond = Double.NaN;
    }
    if (!(perSecond >= 0.01 && perSecond <= 1_000_000)) {
      throw new UsageException(
          "Expected operations a second, 0.01 to 1000000, for --rate, but got '%s'"
              .formatted(rate));
    }
    return new Pace.Open(
        perSecond, number("--in-flight", Options.DEFAULT_OPEN_IN_FLIGHT, 1, 100_000));
  }

  private String process() {
    String id = given.getOrDefault("--process", "skep-bench");
    // It becomes a part of an XML id.
    if (!id.matches("[A-Za-z_][A-Za-z0-9_.-]{0,99}")) {
      throw new UsageException(
          "Expected letters, digits, '_', '.' or '-', a letter first, for --process, but got '%s'"
              .formatted(id));
    }
    return id;
  }

  private Path file(String name) {
    String value = given.get(name);
    if (value == null) return null;
    if (value.isBlank()) {
      throw new UsageException("Expected a file for %s, but got nothing".formatted(name));
    }
    return Path.of(value);
  }

  /// The first choice is the default.
  private String choice(String name, String... choices) {
    String value = given.getOrDefault(name, choices[0]);
    if (!List.of(choices).contains(value)) {
      throw new UsageException(
          "Expected %s for %s, but got '%s'"
              .formatted(Arrays.stream(choices).collect(Collectors.joining(" or ")), name, value));
    }
    return value;
  }

  private int number(String name, int whenAbsent, int least, int most) {
    String value = given.get(name);
    return value == null ? whenAbsent : number(name, "a number", value, least, most);
  }

  private static int number(String name, String what, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new UsageException(
        "Expected %s from %d to %d for %s, but got '%s'".formatted(what, least, most, name, value));
  }
}
