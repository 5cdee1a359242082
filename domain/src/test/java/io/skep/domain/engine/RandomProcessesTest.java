package io.skep.domain.engine;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Random processes under random clients. `-Dseed=` repeats a run that failed, `-Dseeds=` tries
/// more of them.
///
/// What is checked after every step is in [EngineFixture]: the events alone and a snapshot give the
/// same state, the invariants of [StateInvariants] and [HistoryInvariants] hold, and a turn with a
/// bug has changed nothing.
class RandomProcessesTest {
  private static final int SEEDS = Integer.getInteger("seeds", 100);
  private static final int STEPS = 60;

  @Test
  void shouldKeepItsPromisesWhateverHappens() {
    Long repeated = Long.getLong("seed");
    long first = repeated == null ? System.nanoTime() : repeated;
    int seeds = repeated == null ? SEEDS : 1;
    for (int i = 0; i < seeds; i++) {
      long seed = first + i;
      try {
        run(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("Repeat with -Dseed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void run(long seed) {
    // given
    var random = new SplittableRandom(seed);
    var partition = new EngineFixture();
    if (random.nextBoolean()) partition.limitFollowUps(1 + random.nextInt(20));
    for (String id : List.of("one", "two")) partition.deploy(RandomModel.draw(id, random));
    var client = new RandomClient(random, partition, List.of("one", "two"));

    // when
    for (int step = 0; step < STEPS; step++) client.step();
    if (partition.isLossless()) client.workOff();
    else client.cancelAll();

    // then
    partition.assertNothingLeft();
  }
}
