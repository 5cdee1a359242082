package io.skep.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.port.in.StartProgress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
  private final List<String> calls = new ArrayList<>();
  private final StartProgress progress = new StartProgress();
  private final Steps steps = new Steps(progress);

  @Test
  void shouldStopInTheOppositeOrderAndOnce() {
    // given
    steps.then("a", () -> calls.add("+a"), () -> calls.add("-a"));
    steps.then("b", () -> calls.add("+b"), () -> calls.add("-b"));

    // when
    steps.start();
    boolean through = progress.isThrough();
    steps.stop();
    steps.stop();

    // then
    assertTrue(through);
    assertEquals(List.of("+a", "+b", "-b", "-a"), calls);
  }

  @Test
  void shouldStopWhatWasStartedWhenAStepFails() {
    // given
    var failure = new IllegalStateException("no");
    steps.then("a", () -> calls.add("+a"), () -> calls.add("-a"));
    steps.then(
        "b",
        () -> {
          throw failure;
        },
        () -> calls.add("-b"));
    steps.then("c", () -> calls.add("+c"), () -> calls.add("-c"));

    // when
    var thrown = assertThrows(IllegalStateException.class, steps::start);

    // then
    assertSame(failure, thrown);
    assertEquals(List.of("+a", "-b", "-a"), calls);
    assertFalse(progress.isThrough());
  }

  @Test
  void shouldStopTheOthersWhenOneFailsToStop() {
    // given
    steps.then("a", () -> {}, () -> calls.add("-a"));
    steps.then(
        "b",
        () -> {},
        () -> {
          throw new IllegalStateException("stuck");
        });

    // when
    steps.start();
    steps.stop();

    // then
    assertEquals(List.of("-a"), calls);
  }

  @Test
  void shouldNotStartAfterAStop() {
    // given
    steps.then("a", () -> calls.add("+a"), () -> calls.add("-a"));

    // when
    steps.stop();

    // then
    assertThrows(IllegalStateException.class, steps::start);
    assertEquals(List.of(), calls);
  }
}
