package io.skep.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TrainingTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  @Timeout(30)
  void shouldEndALoadGeneratorThatDoesNotEndByItself() {
    // given
    var endless = List.of("sleep", "60");

    // when
    var failure =
        assertThrows(
            IllegalStateException.class, () -> Training.generate(endless, Duration.ofSeconds(1)));

    // then
    assertTrue(
        failure.getMessage().endsWith("(sleep 60) had not ended after 1 s"), failure::getMessage);
    assertEquals(0, sleepers());
  }

  private static long sleepers() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").endsWith("sleep 60"))
        .count();
  }

  @Test
  void shouldTellHowALoadGeneratorFailed() {
    // when
    var failure =
        assertThrows(
            IllegalStateException.class,
            () -> Training.generate(List.of("sh", "-c", "exit 3"), LONG));

    // then
    assertTrue(failure.getMessage().endsWith("(sh -c exit 3) ended with 3"), failure::getMessage);
  }

  @Test
  void shouldTakeALoadGeneratorThatEndsWell() throws Exception {
    Training.generate(List.of("true"), LONG);
  }
}
