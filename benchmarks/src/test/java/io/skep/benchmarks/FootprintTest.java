package io.skep.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A million of each have to fit into 1 GiB on one partition, with room for the work.
class FootprintTest {
  private static final int COUNT = 50_000;

  @ParameterizedTest
  @CsvSource({
    "INSTANCE_AT_A_JOB, 110",
    "INSTANCE_AT_A_TIMER, 120",
    "INSTANCE_AT_A_SIGNAL, 120",
    "INSTANCE_AT_A_MESSAGE, 190",
    "MESSAGE_SUBSCRIPTION, 95",
    "MESSAGE, 80",
    "MESSAGE_WITH_AN_ID, 105"
  })
  void shouldTakeLittleOfTheHeap(Footprint footprint, int maxBytes) {
    // when
    LiveHeap heap = footprint.measure(COUNT);

    // then
    long bytes = heap.bytes() / COUNT;
    assertTrue(
        bytes <= maxBytes,
        () -> "%d bytes: %s".formatted(bytes, String.join("; ", heap.largest(5))));
    assertTrue(bytes > 0, "measured at all");
  }
}
