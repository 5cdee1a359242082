package io.skep.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.simulation.Simulation.Result;
import io.skep.simulation.Tally.What;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Runs a cluster in one thread under whatever a seed has in store.
///
/// `-Dseeds=` tries more of them; `-Dseed=` repeats one, and with `-Dactions=3,17` only those of
/// its actions.
class SimulationTest {
  private static final Integer WANTED = Integer.getInteger("seeds");
  private static final int SEEDS = WANTED == null ? 200 : WANTED;

  /// Unless so many seeds were asked for, no build waits longer.
  private static final long LIMIT_NANOS = 30_000_000_000L;

  /// What happens in every tenth run at least has happened after so many.
  private static final int ENOUGH = 100;

  @Test
  void shouldKeepItsPromisesWhateverHappens() {
    Long repeated = Long.getLong("seed");
    if (repeated != null) {
      repeat(repeated);
      return;
    }
    long first = System.nanoTime();
    var tally = new Tally();
    int ran = 0;
    for (; ran < SEEDS && !isOver(first); ran++) {
      Result result = Simulation.run(first + ran, Set.of());
      tally.add(result.tally());
      if (result.isFailure()) fail(first + ran, result);
    }
    if (ran < ENOUGH) return;
    for (What what : What.values())
      assertTrue(tally.of(what) * 10 > ENOUGH, () -> what + " hardly ever happened: " + tally);
  }

  private static boolean isOver(long sinceNanos) {
    return WANTED == null && System.nanoTime() - sinceNanos > LIMIT_NANOS;
  }

  private static void repeat(long seed) {
    List<Action> actions = Simulation.schedule(seed);
    String chosen = System.getProperty("actions");
    if (chosen != null) {
      Set<Integer> numbers =
          Arrays.stream(chosen.split(",")).map(Integer::valueOf).collect(Collectors.toSet());
      actions = actions.stream().filter(each -> numbers.contains(each.number())).toList();
    }
    Result result = Simulation.run(seed, actions, Set.of());
    if (result.isFailure()) throw failure(seed, result);
  }

  private static void fail(long seed, Result result) {
    throw failure(seed, new Minimizer(seed, Set.of()).minimize(result));
  }

  private static AssertionError failure(long seed, Result result) {
    String numbers =
        result.actions().stream()
            .map(each -> Integer.toString(each.number()))
            .collect(Collectors.joining(","));
    return new AssertionError(
        "%s%nRepeat with -Dseed=%d -Dactions=%s%n%s"
            .formatted(
                result.failure().getMessage(), seed, numbers, String.join("\n", result.told())),
        result.failure());
  }
}
