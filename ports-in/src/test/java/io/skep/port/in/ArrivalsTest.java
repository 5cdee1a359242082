package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private final List<String> done = new ArrayList<>();
  private final Runnable first = () -> done.add("first");
  private final Runnable second = () -> done.add("second");

  @AfterEach
  void endOfThisThread() {
    Arrivals.end();
  }

  @Test
  void shouldDoOnceAndInOrderWhatWasLeftForTheEnd() {
    // given
    Arrivals.begin();

    // when
    assertTrue(Arrivals.whenOver(first));
    assertTrue(Arrivals.whenOver(second));
    assertTrue(Arrivals.whenOver(first));

    // then
    assertEquals(List.of(), done);

    // when
    Arrivals.end();

    // then
    assertEquals(List.of("first", "second"), done);

    // when
    Arrivals.begin();
    Arrivals.end();

    // then
    assertEquals(List.of("first", "second"), done);
  }

  @Test
  void shouldTakeNothingOutsideAndNothingOfOtherThreads() {
    // when
    boolean before = Arrivals.whenOver(first);
    Arrivals.begin();
    boolean elsewhere = CompletableFuture.supplyAsync(() -> Arrivals.whenOver(first)).join();
    Arrivals.end();
    boolean after = Arrivals.whenOver(first);

    // then
    assertFalse(before);
    assertFalse(elsewhere);
    assertFalse(after);
    assertEquals(List.of(), done);
  }

  @Test
  void shouldNotTakeWhatComesOfTheEnd() {
    // given
    var taken = new ArrayList<Boolean>();
    Arrivals.begin();
    Arrivals.whenOver(() -> taken.add(Arrivals.whenOver(first)));

    // when
    Arrivals.end();

    // then
    assertEquals(List.of(false), taken);
  }

  @Test
  void shouldDoTheRestIfOneFails() {
    // given
    Arrivals.begin();
    Arrivals.whenOver(
        () -> {
          throw new IllegalStateException("a bug");
        });
    Arrivals.whenOver(second);

    // when
    assertThrows(IllegalStateException.class, Arrivals::end);

    // then
    assertEquals(List.of("second"), done);
  }
}
