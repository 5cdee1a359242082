package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JobWaitersTest {
  private static final int MOST_ROUNDS = 100_000;
  private static final Duration SPAN = Duration.ofMillis(500);

  private final BrokerWorld world = new BrokerWorld(1, 1);
  private final JobWaiters waiters = new JobWaiters(1, world.environment(0).log());
  private final FakeSession gateway = new FakeSession();

  @Test
  void shouldKnowOfWhichTypesThereAreJobs() {
    // when
    waiters.jobsAvailable("a");

    // then
    assertTrue(waiters.hasJobsOrWait("a", gateway));
    assertFalse(waiters.hasJobsOrWait("b", gateway));

    // when
    waiters.exhausted("a");

    // then
    assertFalse(waiters.hasJobsOrWait("a", gateway));
  }

  @Test
  void shouldTellOnceWhoeverWaits() {
    // given
    waiters.hasJobsOrWait("a", gateway);
    waiters.hasJobsOrWait("a", gateway);
    waiters.hasJobsOrWait("b", gateway);

    // when
    waiters.jobsAvailable("a");
    waiters.jobsAvailable("a");

    // then
    assertEquals(List.of("a"), gateway.news);
  }

  @Test
  void shouldTellTheOthersThoughOneCannotBeTold() {
    // given
    var other = new FakeSession();
    waiters.wait("a", gateway);
    waiters.wait(
        "a",
        (_, _) -> {
          throw new IllegalStateException("its connection is broken");
        });
    waiters.wait("a", other);

    // when
    waiters.jobsAvailable("a");

    // then
    assertEquals(List.of("a"), gateway.news);
    assertEquals(List.of("a"), other.news);
    assertEquals(1, world.errors.size());
  }

  @Test
  void shouldRatherWakeAGatewayTooEarlyThanRememberAnyNumberOfTypes() {
    // given: half of what may be remembered each, with their names
    String large = "x".repeat((int) JobWaiters.MOST_BYTES / 2 - 1_000);
    waiters.wait("a" + large, gateway);
    waiters.wait("b" + large, gateway);
    assertEquals(List.of(), gateway.news);

    // when
    waiters.wait("c" + large, gateway);

    // then
    assertEquals(1, gateway.news.size());
    assertFalse(gateway.news.getFirst().startsWith("c"));

    // when: those that are left get jobs
    for (String type : List.of("a", "b", "c")) waiters.jobsAvailable(type + large);

    // then: all were told, once
    assertEquals(3, Set.copyOf(gateway.news).size());
    assertEquals(3, gateway.news.size());
  }

  @Test
  void shouldHaveAllItsRoomAgainWhenGatewaysGo() {
    // given
    String large = "x".repeat((int) JobWaiters.MOST_BYTES / 2 - 1_000);
    for (int i = 0; i < 10; i++) {
      // when
      waiters.wait("a" + large, gateway);
      waiters.wait("b" + large, gateway);
      if (i % 2 == 0) waiters.forget(gateway);
      else waiters.reset();
    }
    waiters.wait("a" + large, gateway);
    waiters.wait("b" + large, gateway);

    // then
    assertEquals(List.of(), gateway.news);
  }

  @Test
  void shouldForgetEverythingWithTheLead() {
    // given
    waiters.hasJobsOrWait("a", gateway);
    waiters.jobsAvailable("b");

    // when
    waiters.reset();
    waiters.jobsAvailable("a");

    // then
    assertEquals(List.of(), gateway.news);
    assertFalse(waiters.hasJobsOrWait("b", gateway));
  }

  /// A gateway asks while the partition finds a job: it must learn of it, by the answer or by the
  /// news.
  @Test
  @Timeout(60)
  void shouldNotLetAGatewayWaitBesideAJob() throws Exception {
    // given
    var learned = new AtomicIntegerArray(MOST_ROUNDS);
    var asked = new AtomicInteger();
    var found = new AtomicInteger();
    long end = System.nanoTime() + SPAN.toNanos();
    Thread asking =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < MOST_ROUNDS && meet(asked, found, i % 7, end); i++) {
                    int round = i;
                    if (waiters.hasJobsOrWait("type" + i, (_, _) -> learned.set(round, 1))) {
                      learned.set(i, 1);
                    }
                  }
                });

    // when
    for (int i = 0; i < MOST_ROUNDS && meet(found, asked, i % 5, end); i++) {
      waiters.jobsAvailable("type" + i);
    }
    asking.join();

    // then: both have done all rounds but perhaps the last
    int rounds = Math.min(asked.get(), found.get()) - 1;
    assertTrue(rounds > 0);
    for (int i = 0; i < rounds; i++) assertEquals(1, learned.get(i), "round " + i);
  }

  /// Lets two threads go on at the same moment, or one a little later.
  ///
  /// @return whether the other came, too, before the end
  private static boolean meet(AtomicInteger mine, AtomicInteger other, int later, long end) {
    int rounds = mine.incrementAndGet();
    for (int spins = 0; other.get() < rounds; spins++) {
      if (System.nanoTime() > end) return false;
      if (spins < 1_000) Thread.onSpinWait();
      else Thread.yield();
    }
    for (int i = 0; i < later; i++) Thread.onSpinWait();
    return true;
  }
}
