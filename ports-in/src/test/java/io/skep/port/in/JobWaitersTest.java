package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JobWaitersTest {
  private static final int ROUNDS = 20_000;

  private final JobWaiters waiters = new JobWaiters(1);
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
    var learned = new AtomicIntegerArray(ROUNDS);
    var asked = new AtomicInteger();
    var found = new AtomicInteger();
    Thread asking =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < ROUNDS; i++) {
                    int round = i;
                    if (waiters.hasJobsOrWait("type" + i, (_, _) -> learned.set(round, 1))) {
                      learned.set(i, 1);
                    }
                    keepPace(asked, found);
                  }
                });

    // when
    for (int i = 0; i < ROUNDS; i++) {
      waiters.jobsAvailable("type" + i);
      keepPace(found, asked);
    }
    asking.join();

    // then
    for (int i = 0; i < ROUNDS; i++) assertEquals(1, learned.get(i), "round " + i);
  }

  /// Lets neither run away from the other, so that they meet often.
  private static void keepPace(AtomicInteger mine, AtomicInteger other) {
    int rounds = mine.incrementAndGet();
    while (rounds > other.get() + 1) Thread.yield();
  }
}
