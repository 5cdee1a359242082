package io.skep.domain.engine.timer;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/// Reads when a timer is due. Calendars are those of UTC, so that every replica finds the same
/// time.
public final class TimerSchedule {
  private TimerSchedule() {}

  /// @param interval as in [Timer.Start#interval]
  public record Cycle(long firstAtMs, int repetitions, String interval) {}

  /// The end of a span that begins at a time.
  ///
  /// @param span in ISO 8601: `PT10S`, `P1DT2H`, `P1Y2M`, `P1Y2DT3H`; a sign in front negates it
  /// @throws DateTimeException if it is not of that form or leads beyond what a date can be
  public static long after(long fromMs, String span) {
    String text = span.strip();
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    int time = rest.indexOf('T');
    String days = time < 0 ? rest : rest.substring(0, time);
    ZonedDateTime end = Instant.ofEpochMilli(fromMs).atZone(ZoneOffset.UTC);
    if (time >= 0) {
      Duration duration = Duration.parse("PT" + rest.substring(time + 1));
      end = negative ? end.minus(duration) : end.plus(duration);
    }
    if (!days.equals("P")) {
      Period period = Period.parse(days);
      end = negative ? end.minus(period) : end.plus(period);
    } else if (time < 0) {
      throw new DateTimeException(
          "Expected a duration such as PT10S or P1D, but it is '%s'".formatted(span));
    }
    return toEpochMilli(end.toInstant());
  }

  /// @param date an ISO 8601 date and time with offset, `2026-01-01T00:00:00Z`, perhaps with a zone
  ///   in brackets
  /// @throws DateTimeException if it is not of that form
  public static long at(String date) {
    String text = date.strip();
    return toEpochMilli(
        text.endsWith("]")
            ? ZonedDateTime.parse(text).toInstant()
            : OffsetDateTime.parse(text).toInstant());
  }

  /// @param cycle `R/PT1H`, `R3/PT1H` or `R3/2026-01-01T00:00:00Z/PT1H`
  /// @throws DateTimeException if it is not of that form
  public static Cycle cycle(long nowMs, String cycle) {
    String[] parts = cycle.strip().split("/", -1);
    if (parts.length < 2 || parts.length > 3 || !parts[0].startsWith("R")) throw wrongCycle(cycle);
    int repetitions;
    try {
      repetitions = parts[0].length() == 1 ? -1 : Integer.parseInt(parts[0].substring(1));
    } catch (NumberFormatException e) {
      throw wrongCycle(cycle);
    }
    if (repetitions < -1) throw wrongCycle(cycle);
    String interval = parts[parts.length - 1];
    long first = parts.length == 3 && !parts[1].isEmpty() ? at(parts[1]) : after(nowMs, interval);
    after(nowMs, interval);
    return new Cycle(first, repetitions, interval);
  }

  private static DateTimeException wrongCycle(String cycle) {
    return new DateTimeException(
        "Expected a cycle such as R/PT1H, R3/PT1H or R3/2026-01-01T00:00:00Z/PT1H, but it is '%s'"
            .formatted(cycle));
  }

  private static long toEpochMilli(Instant instant) {
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException e) {
      throw new DateTimeException(
          "Expected a time within the next 292 million years, but it is %s".formatted(instant), e);
    }
  }
}
