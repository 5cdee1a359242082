package io.skep.bootstrap.config;

import io.skep.domain.cluster.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// A kind of value that a key takes.
///
/// @param kind for the reference
/// @param accepts what a value may be, with unit and range, to go on after "Expected"
/// @param parser throws an [IllegalArgumentException] for what it does not accept
/// @param show the value as the configuration would spell it
record ValueType<T>(
    String kind, String accepts, Function<String, T> parser, Function<T, String> show) {

  static ValueType<String> text() {
    return new ValueType<>("text", "text", Function.identity(), Function.identity());
  }

  /// Text that is not empty.
  static ValueType<String> name() {
    return new ValueType<>(
        "text",
        "text that is not empty",
        text -> {
          if (text.isBlank()) throw new IllegalArgumentException();
          return text.strip();
        },
        Function.identity());
  }

  static ValueType<Path> path() {
    return new ValueType<>(
        "path",
        "a path, relative to the installation directory or absolute",
        text -> {
          if (text.isBlank()) throw new IllegalArgumentException();
          return Path.of(text.strip());
        },
        Path::toString);
  }

  /// 0 stands for any free port.
  static ValueType<Integer> port() {
    return number("port", 0, 65535, "a port of 1 to 65535, or 0 for any that is free");
  }

  static ValueType<Integer> number(int min, int max) {
    return number(
        "number",
        min,
        max,
        max == Integer.MAX_VALUE
            ? "a whole number of %d or more".formatted(min)
            : "a whole number of %d to %d".formatted(min, max));
  }

  private static ValueType<Integer> number(String kind, int min, int max, String accepts) {
    return new ValueType<>(
        kind,
        accepts,
        text -> {
          int number = Integer.parseInt(text.strip());
          if (number < min || number > max) throw new IllegalArgumentException();
          return number;
        },
        String::valueOf);
  }

  /// A part of a whole.
  static ValueType<Double> ratio() {
    return new ValueType<>(
        "ratio",
        "a number between 0 and 1, such as 0.9",
        text -> {
          double ratio = Double.parseDouble(text.strip());
          if (!(ratio > 0 && ratio < 1)) throw new IllegalArgumentException();
          return ratio;
        },
        String::valueOf);
  }

  /// @param min in bytes
  /// @param max in bytes, below 2 GiB
  static ValueType<Integer> size(long min, long max) {
    return new ValueType<>(
        "size",
        "a size of %s to %s, such as 512KB, 4MB or a number of bytes"
            .formatted(Sizes.show(min), Sizes.show(max)),
        text -> {
          long bytes = Sizes.parse(text);
          if (bytes < min || bytes > max) throw new IllegalArgumentException();
          return Math.toIntExact(bytes);
        },
        bytes -> Sizes.show(bytes));
  }

  /// @param min in bytes
  static ValueType<Long> diskSize(long min) {
    return new ValueType<>(
        "disk size",
        "a size of %s or more, such as 512MB, 2GB or a number of bytes".formatted(Sizes.show(min)),
        text -> {
          long bytes = Sizes.parse(text);
          if (bytes < min) throw new IllegalArgumentException();
          return bytes;
        },
        Sizes::show);
  }

  static ValueType<Duration> duration(Duration min) {
    return new ValueType<>(
        "duration",
        "a duration of %s or more, such as 500ms, 10s, 5m, 1h, PT10S or a number of milliseconds"
            .formatted(Durations.show(min)),
        text -> {
          Duration duration = Durations.parse(text);
          if (duration.compareTo(min) < 0) throw new IllegalArgumentException();
          return duration;
        },
        Durations::show);
  }

  static ValueType<Boolean> bool() {
    return new ValueType<>(
        "boolean",
        "true or false (or yes and no, on and off, 1 and 0)",
        text ->
            switch (text.strip().toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on", "1" -> true;
              case "false", "no", "off", "0" -> false;
              default -> throw new IllegalArgumentException();
            },
        String::valueOf);
  }

  /// One of some words, in any case.
  static ValueType<String> choice(String... words) {
    return new ValueType<>(
        "choice",
        "one of " + String.join(", ", words),
        text ->
            Arrays.stream(words)
                .filter(word -> word.equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new),
        Function.identity());
  }

  static ValueType<List<Address>> addresses() {
    return new ValueType<>(
        "list of addresses",
        "addresses like host:26502, separated by commas",
        text ->
            Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(Address::parse)
                .toList(),
        addresses -> String.join(",", addresses.stream().map(Address::toString).toList()));
  }

  boolean isList() {
    return kind.startsWith("list");
  }

  /// Whether what is below the key's name is part of its value.
  boolean isTree() {
    return kind.equals("tree");
  }

  /// Whether an empty value says something. If not, it counts as not set, as it does with Zeebe.
  boolean takesEmpty() {
    return isList() || kind.equals("text");
  }
}
