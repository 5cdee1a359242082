package io.skep.domain.engine.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerScheduleTest {
  private static final long NOW = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();

  @Test
  void shouldAddSpans() {
    assertEquals("2026-01-31T12:00:10Z", after("PT10S"));
    assertEquals("2026-01-31T12:00:00.500Z", after("PT0.5S"));
    assertEquals("2026-02-01T14:00:00Z", after("P1DT2H"));
    assertEquals("2026-02-28T12:00:00Z", after("P1M"));
    assertEquals("2027-03-31T12:00:00Z", after("P1Y2M"));
    assertEquals("2026-02-14T12:00:00Z", after("P2W"));
    assertEquals("2026-01-31T11:59:00Z", after("-PT1M"));
    assertEquals("2026-01-31T12:00:00Z", after("PT0S"));
  }

  @Test
  void shouldReadDatesWithOffset() {
    assertEquals("2026-01-01T00:00:00Z", at("2026-01-01T00:00:00Z"));
    assertEquals("2025-12-31T23:00:00Z", at("2026-01-01T00:00:00+01:00"));
    assertEquals("2025-12-31T23:00:00Z", at("2026-01-01T00:00:00+01:00[Europe/Berlin]"));
  }

  @Test
  void shouldReadCycles() {
    assertEquals(
        new TimerSchedule.Cycle(NOW + 10_000, 3, "PT10S"), TimerSchedule.cycle(NOW, "R3/PT10S"));
    assertEquals(
        new TimerSchedule.Cycle(NOW + 10_000, -1, "PT10S"), TimerSchedule.cycle(NOW, "R/PT10S"));
    assertEquals(
        new TimerSchedule.Cycle(Instant.parse("2027-01-01T00:00:00Z").toEpochMilli(), 2, "P1D"),
        TimerSchedule.cycle(NOW, "R2/2027-01-01T00:00:00Z/P1D"));
  }

  @Test
  void shouldRefuseEverythingElse() {
    for (String span :
        List.of(
            "",
            "P",
            "PT",
            "P1DT",
            "10S",
            "soon",
            "PT1",
            "P99999999999Y",
            "P999999999Y",
            "PT9223372036854775807S",
            "PT99999999999999999999S")) {
      assertThrows(DateTimeException.class, () -> TimerSchedule.after(NOW, span), span);
    }
    for (String date :
        List.of(
            "",
            "2026-01-01",
            "2026-01-01T00:00:00",
            "noon",
            "2026-13-01T00:00:00Z",
            "+999999999-01-01T00:00:00Z")) {
      assertThrows(DateTimeException.class, () -> TimerSchedule.at(date), date);
    }
    for (String cycle :
        List.of(
            "",
            "R",
            "R3",
            "3/PT1S",
            "R3/",
            "Rx/PT1S",
            "R3/PT1S/PT1S",
            "R-2/PT1S",
            "R99999999999/PT1S",
            "R3/2026-01-01T00:00:00Z/PT1S/PT1S",
            "* * *")) {
      assertThrows(DateTimeException.class, () -> TimerSchedule.cycle(NOW, cycle), cycle);
    }
  }

  private static String after(String span) {
    return Instant.ofEpochMilli(TimerSchedule.after(NOW, span)).toString();
  }

  private static String at(String date) {
    return Instant.ofEpochMilli(TimerSchedule.at(date)).toString();
  }
}
