package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In simulated time: what is in flight waits in one line, of which so many are done each
/// millisecond.
class InFlightLimitTest {
  private static final long MS = 1_000_000;
  private static final LimitSettings SETTINGS =
      new LimitSettings(100, 20, 1_000, Duration.ofMillis(200), 0.9);

  private final InFlightLimit limit = new InFlightLimit(SETTINGS);
  private final ArrayDeque<Long> line = new ArrayDeque<>();
  private long nowNanos;
  private long done;
  private long refused;
  private long latencySum;

  /// @param comeEachMs how many commands arrive each millisecond, of which what is beyond the limit
  ///   is refused
  private void pass(long ms, double comeEachMs, double doneEachMs) {
    double come = 0;
    double room = 0;
    for (long until = nowNanos + ms * MS; nowNanos < until; nowNanos += MS) {
      for (come += comeEachMs; come >= 1; come--) {
        if (line.size() < limit.current()) line.add(nowNanos);
        else refused++;
      }
      for (room += doneEachMs; room >= 1; room--) {
        Long since = line.poll();
        if (since == null) continue;
        done++;
        latencySum += nowNanos - since;
        limit.ran(nowNanos - since, line.size() + 1, nowNanos);
      }
    }
  }

  private void forget() {
    done = 0;
    refused = 0;
    latencySum = 0;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2, 4})
  void shouldKeepThroughputAndLatencyUnderTenTimesTheLoad(double doneEachMs) {
    // given
    pass(60_000, 10 * doneEachMs, doneEachMs);
    forget();

    // when
    pass(20_000, 10 * doneEachMs, doneEachMs);

    // then
    assertTrue(done >= 20_000 * doneEachMs * 0.99, () -> done + " done");
    assertTrue(refused > 8 * done, () -> refused + " refused");
    long latencyMs = latencySum / done / MS;
    assertTrue(latencyMs > 120 && latencyMs < 250, () -> latencyMs + " ms at " + limit.current());
  }

  @Test
  void shouldFollowAPartitionThatBecomesSlowerAndFasterAgain() {
    // given
    pass(30_000, 40, 4);
    int fast = limit.current();

    // when
    pass(30_000, 40, 0.5);
    int slow = limit.current();
    pass(30_000, 40, 4);

    // then
    assertTrue(slow < 130, () -> "limit " + slow);
    assertTrue(fast > 600, () -> "limit " + fast);
    assertTrue(limit.current() > 600, () -> "limit " + limit.current());
  }

  @Test
  void shouldNotRiseAsLongAsItIsNotNeeded() {
    // when
    pass(60_000, 1, 4);

    // then
    assertEquals(100, limit.current());
    assertEquals(0, refused);
  }

  @Test
  void shouldNotFallBelowItsMinimumHoweverLongAnswersTake() {
    // when: the disk takes half a second, however much is written at once
    for (int i = 0; i < 1_000; i++) {
      nowNanos += 500 * MS;
      for (int j = 0; j < limit.current(); j++) {
        limit.ran(500 * MS, limit.current(), nowNanos);
      }
    }

    // then
    assertEquals(20, limit.current());
  }

  @Test
  void shouldNotExceedItsMaximum() {
    // when
    pass(60_000, 400, 40);

    // then
    assertEquals(1_000, limit.current());
  }

  @Test
  void shouldFallOnceForCommandsThatWereLateTogether() {
    // given
    for (int i = 0; i < 60; i++) limit.ran(MS, 1, nowNanos += 2 * MS);

    // when
    nowNanos += 150 * MS;
    for (int i = 0; i < 80; i++) limit.ran(400 * MS, 80, nowNanos);
    assertEquals(110, limit.current(), "up to the first of them all was well");
    for (int i = 0; i < 60; i++) limit.ran(MS, 1, nowNanos += 20 * MS);

    // then
    assertEquals(99, limit.current());
  }

  @Test
  void shouldStayWhereItIsIfItIsFixed() {
    // given
    var fixed = new InFlightLimit(LimitSettings.fixed(7));

    // when
    for (int i = 0; i < 1_000; i++) fixed.ran(10_000 * MS, 7, i * 200 * MS);

    // then
    assertEquals(7, fixed.current());
  }

  @Test
  void shouldRefuseLimitsThatDoNotGoTogether() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new LimitSettings(5, 10, 20, Duration.ofMillis(200), 0.9));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LimitSettings(15, 10, 20, Duration.ofMillis(200), 1));
    assertThrows(IllegalArgumentException.class, () -> LimitSettings.fixed(0));
  }
}
