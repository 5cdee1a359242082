package io.skep.domain.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class FibonacciHashTest {
  @Test
  void shouldStayWhatLogsWereReplayedWith() {
    assertEquals(0, FibonacciHash.of(0));
    assertEquals(0x9E3779B97F4A7C15L, FibonacciHash.of(1));
    assertEquals(4_354_685_564_936_845_354L, FibonacciHash.of(2));
    assertEquals(7_046_029_254_386_353_131L, FibonacciHash.of(-1));
  }

  @Test
  void shouldSpreadNeighboursByTheirUpperBits() {
    // when
    var upperBits = new HashSet<Long>();
    for (int i = 0; i < 512; i++) upperBits.add(FibonacciHash.of(1L << 51 | i) >>> 54);

    // then: each alone among 1,024
    assertEquals(512, upperBits.size());
  }
}
