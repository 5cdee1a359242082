package io.skep.bootstrap.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/// Spans of time as people write them.
final class Durations {
  private static final Pattern FORM = Pattern.compile("(-?\\d+)\\s*(ns|us|ms|s|m|h|d)?");

  private Durations() {}

  /// A number without a unit counts milliseconds.
  ///
  /// @throws IllegalArgumentException if it is no duration
  static Duration parse(String text) {
    String plain = text.strip();
    if (plain.toUpperCase(Locale.ROOT).startsWith("P")) {
      try {
        return Duration.parse(plain);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(e);
      }
    }
    var match = FORM.matcher(plain.toLowerCase(Locale.ROOT));
    if (!match.matches()) throw new IllegalArgumentException();
    long number = Long.parseLong(match.group(1));
    try {
      return switch (match.group(2)) {
        case "ns" -> Duration.ofNanos(number);
        case "us" -> Duration.ofNanos(Math.multiplyExact(number, 1000L));
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        case "d" -> Duration.ofDays(number);
        case null, default -> Duration.ofMillis(number);
      };
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// In the largest unit that leaves no rest, milliseconds if it is not shorter than one.
  static String show(Duration duration) {
    long ms = duration.toMillis();
    if (!Duration.ofMillis(ms).equals(duration)) return duration.toString();
    if (ms == 0) return "0s";
    if (ms % 86_400_000 == 0) return ms / 86_400_000 + "d";
    if (ms % 3_600_000 == 0) return ms / 3_600_000 + "h";
    if (ms % 60_000 == 0) return ms / 60_000 + "m";
    if (ms % 1_000 == 0) return ms / 1_000 + "s";
    return ms + "ms";
  }
}
