package io.skep.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryLimitsTest {
  private static final long MB = 1 << 20;

  @ParameterizedTest
  @CsvSource({"512m, 512", "2g, 2048", "2G, 2048", "1048576, 1", "4096k, 4", "1t, 1048576"})
  void shouldReadTheLimitOfBuffersAsTheJvmDoes(String text, long megabytes) {
    // when
    var limits =
        MemoryLimits.of(64 * MB, List.of("-Xmx64m", "-XX:MaxDirectMemorySize=" + text, "-ea"));

    // then
    assertEquals(new MemoryLimits(64 * MB, megabytes * MB), limits);
  }

  @Test
  void shouldTakeTheLastOfSeveralLimits() {
    // when
    var limits =
        MemoryLimits.of(MB, List.of("-XX:MaxDirectMemorySize=1m", "-XX:MaxDirectMemorySize=3m"));

    // then
    assertEquals(3 * MB, limits.directBytes());
  }

  @Test
  void shouldTakeTheHeapsLimitIfThereIsNoneForBuffers() {
    for (var arguments : List.of(List.<String>of(), List.of("-XX:MaxDirectMemorySize=0"))) {
      assertEquals(64 * MB, MemoryLimits.of(64 * MB, arguments).directBytes());
    }
  }

  @Test
  void shouldKnowThoseOfThisProcess() {
    // when
    var limits = MemoryLimits.ofProcess();

    // then
    assertEquals(Runtime.getRuntime().maxMemory(), limits.heapBytes());
    assertTrue(limits.directBytes() > 0);
  }
}
