package io.skep.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerMemoryTest {
  private static final long MB = 1 << 20;
  private static final int BUFFER = 4 << 20;

  /// What `bin/skep` sets by default.
  private static final MemoryLimits USUAL = new MemoryLimits(740 * MB, 124 * MB);

  @Test
  void shouldTellWhatTheUsualMemoryIsEnoughFor() {
    // given
    var memory = new BrokerMemory(USUAL, 1, 50_000, BUFFER);

    // then
    assertEquals(
        "Heap up to 740 MB, buffers up to 124 MB: enough for about 1,600,000 waiting instances on 1 partition",
        memory.line());
    assertEquals(List.of(), memory.shortages());
  }

  @Test
  void shouldCountMoreInstancesTheFewerAreResident() {
    // given
    var many = new BrokerMemory(USUAL, 1, 50_000, BUFFER);
    var few = new BrokerMemory(USUAL, 1, 10_000, BUFFER);

    // then: 40,000 of 2,000 bytes each
    assertEquals(40_000 * 2_000 / 250, few.instances() - many.instances(), 1);
  }

  @Test
  void shouldWarnOfAHeapThatResidentInstancesAloneWouldFill() {
    // given
    var memory = new BrokerMemory(USUAL, 8, 50_000, BUFFER);

    // when
    List<String> shortages = memory.shortages();

    // then
    assertEquals(0, memory.instances());
    assertTrue(memory.line().contains("fewer than 100,000"), memory.line());
    assertEquals(
        List.of(
            "Expected a heap of 1147 MB or more for 8 partitions with up to 50000 resident instances each, but it is 740 MB."
                + " Set SKEP_MEMORY to more, or skep.broker.state.residentInstances to less"),
        shortages);
  }

  @Test
  void shouldWarnOfBuffersThatDoNotFit() {
    // given
    var memory = new BrokerMemory(new MemoryLimits(8_000 * MB, 50 * MB), 10, 0, BUFFER);

    // then
    assertEquals(
        List.of(
            "Expected 56 MB or more for buffers of 10 partitions, but there are 50 MB."
                + " Set SKEP_MEMORY to more, or -XX:MaxDirectMemorySize in JAVA_OPTS"),
        memory.shortages());
  }
}
