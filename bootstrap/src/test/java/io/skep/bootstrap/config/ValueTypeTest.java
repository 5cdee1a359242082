package io.skep.bootstrap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.skep.domain.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "17, 17",
    "17B, 17",
    "1KB, 1024",
    "4MB, 4194304",
    "4 mb, 4194304",
    "2GB, 2147483648",
    "1TB, 1099511627776"
  })
  void shouldReadSizes(String text, long bytes) {
    assertEquals(bytes, Sizes.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "-1", "1.5MB", "1MiB", "9999999999TB", "1 000"})
  void shouldRefuseWhatIsNoSize(String text) {
    assertThrows(IllegalArgumentException.class, () -> Sizes.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "250, PT0.25S",
    "100ms, PT0.1S",
    "10s, PT10S",
    "5m, PT5M",
    "1h, PT1H",
    "1d, PT24H",
    "PT10S, PT10S",
    "pt1m, PT1M",
    "P1D, PT24H",
    "7us, PT0.000007S",
    "9ns, PT0.000000009S"
  })
  void shouldReadDurations(String text, Duration duration) {
    assertEquals(duration, Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s", "1.5s", "1 week", "PT", "99999999999999999999", "9223372036854775807d"})
  void shouldRefuseWhatIsNoDuration(String text) {
    assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
  }

  @Test
  void shouldReadTheSizesThatItShows() {
    Seeds.of(
        1_000,
        random -> {
          // given: also small ones and whole units
          long bytes = (random.nextLong() >>> 1 + random.nextInt(63)) >> 10 << random.nextInt(10);

          // then
          assertEquals(bytes, Sizes.parse(Sizes.show(bytes)));
        });
  }

  @Test
  void shouldReadTheDurationsThatItShows() {
    Seeds.of(
        1_000,
        random -> {
          // given
          long count = random.nextLong(4_000_000_000_000L) >> random.nextInt(42);
          Duration duration =
              random.nextBoolean() ? Duration.ofNanos(count) : Duration.ofMillis(count);

          // then
          assertEquals(duration, Durations.parse(Durations.show(duration)));
        });
  }

  @ParameterizedTest
  @CsvSource({"kitten, sitting, 3", "ab, ba, 1", "same, same, 0", "'', abc, 3", "zeebe, zebee, 1"})
  void shouldCountWhatHasToBeChanged(String a, String b, int distance) {
    assertEquals(distance, Distance.between(a, b));
  }
}
