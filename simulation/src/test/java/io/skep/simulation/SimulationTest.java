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
  private static final int SEEDS = Integer.getInteger("seeds", 200);

  @Test
  void shouldKeepItsPromisesWhateverHappens() {
    Long repeated = Long.getLong("seed");
    if (repeated != null) {
      repeat(repeated);
      return;
    }
    long first = System.nanoTime();
    var tally = new Tally();
    for (int i = 0; i < SEEDS; i++) {
      Result result = Simulation.run(first + i, Set.of());
      tally.add(result.tally());
      if (result.isFailure()) fail(first + i, result);
    }
    for (What what : What.values())
      assertTrue(tally.of(what) * 10 > SEEDS, () -> what + " hardly ever happened: " + tally);
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
