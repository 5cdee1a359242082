package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TurnstileTest {

  @Test
  void shouldFinishATaskBeforeTheOneItBringsAbout() {
    // given
    var turnstile = new Turnstile();
    var order = new ArrayList<String>();

    // when
    turnstile.pass(
        () -> {
          turnstile.pass(() -> order.add("inner"));
          order.add("outer");
        });

    // then
    assertEquals(List.of("outer", "inner"), order);
  }

  @Test
  void shouldGoOnAfterATaskThatFails() {
    // given
    var turnstile = new Turnstile();
    var order = new ArrayList<String>();

    // when
    var failure =
        assertThrows(
            IllegalStateException.class,
            () ->
                turnstile.pass(
                    () -> {
                      turnstile.pass(() -> order.add("second"));
                      throw new IllegalStateException("first");
                    }));
    turnstile.pass(() -> order.add("third"));

    // then
    assertEquals("first", failure.getMessage());
    assertEquals(List.of("second", "third"), order);
  }

  @Test
  void shouldLetThroughOneAtATime() throws InterruptedException {
    // given
    var turnstile = new Turnstile();
    int[] count = {0};
    var start = new CountDownLatch(1);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      start.await();
                    } catch (InterruptedException e) {
                      return;
                    }
                    for (int n = 0; n < 20_000; n++) turnstile.pass(() -> count[0]++);
                  }));
    }

    // when
    start.countDown();
    for (Thread thread : threads) thread.join();

    // then
    assertEquals(80_000, count[0]);
  }
}
