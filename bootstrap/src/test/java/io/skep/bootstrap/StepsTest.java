package io.skep.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.port.in.StartProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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

  @Test
  void shouldNotWaitForAStepThatWaits() throws InterruptedException {
    // given
    var given = new CountDownLatch(1);
    var waiting = new CountDownLatch(1);
    steps
        .then(
            "waits",
            () -> {
              waiting.countDown();
              awaitUninterrupted(given);
              throw new IllegalStateException("given up");
            },
            () -> calls.add("-waits"))
        .abandoning(given::countDown);
    var start =
        Thread.startVirtualThread(() -> assertThrows(IllegalStateException.class, steps::start));
    waiting.await();

    // when
    steps.stop();

    // then
    assertTrue(start.join(Duration.ofSeconds(10)));
    assertEquals(List.of("-waits"), calls);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
