package io.skep.port.in;

import java.time.Duration;

/// How many commands of clients a partition may have that are not answered. Commands that let work
/// end are taken beyond it.
///
/// @param initial where it begins
/// @param min what it never falls below, 1 or more
/// @param max what it never exceeds; if the same as the minimum, it stays where it is
/// @param latency if answers take longer the limit falls, otherwise it may rise
/// @param backoffRatio by what it is multiplied when it falls, more than 0 and less than 1
public record LimitSettings(int initial, int min, int max, Duration latency, double backoffRatio) {

  public LimitSettings {
    if (min < 1 || min > max || initial < min || initial > max) {
      throw new IllegalArgumentException(
          "Expected a limit of 1 or more between its minimum and maximum, but they are %d, %d and %d"
              .formatted(initial, min, max));
    }
    if (min < max && !(latency.isPositive() && backoffRatio > 0 && backoffRatio < 1)) {
      throw new IllegalArgumentException(
          "Expected a latency and a ratio between 0 and 1, but they are %s and %s"
              .formatted(latency, backoffRatio));
    }
  }

  /// A limit that stays where it is.
  public static LimitSettings fixed(int limit) {
    return new LimitSettings(limit, limit, limit, Duration.ZERO, 0);
  }
}
