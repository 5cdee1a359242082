package io.skep.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.skep.simulation.Simulation.Result;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What finds nothing proves nothing: each planted bug has to be found, and by what it breaks.
class PlantedBugsTest {
  /// The rarest shows in one of some 50 seeds.
  private static final int MOST_SEEDS = 300;

  @ParameterizedTest
  @EnumSource(Bug.class)
  void shouldFindIt(Bug bug) {
    // given: the same seeds each time, or a change elsewhere would fail here now and then
    Set<Bug> bugs = Set.of(bug);
    for (long seed = 1; seed <= MOST_SEEDS; seed++) {
      // when
      Result result = Simulation.run(seed, bugs);

      // then
      if (!result.isFailure() || !(result.failure() instanceof AssertionError)) continue;
      assertFalse(Simulation.run(seed, Set.of()).isFailure(), "without the bug all is well");
      return;
    }
    fail(bug + " was not found within " + MOST_SEEDS + " seeds");
  }

  @Test
  void shouldComeToTheSameBySameSeed() {
    for (long seed = 1; seed <= 5; seed++) {
      // when
      Result once = Simulation.run(seed, Set.of());
      Result again = Simulation.run(seed, Set.of());

      // then
      assertEquals(once.told(), again.told());
      assertEquals(once.records(), again.records());
      assertTrue(once.records() > 0);
    }
  }

  @Test
  void shouldTellTheFewActionsThatABugNeeds() {
    // given
    Set<Bug> bugs = Set.of(Bug.UNORDERED_ITERATION);
    long seed = 1;
    while (!Simulation.run(seed, bugs).isFailure()) seed++;
    Result found = Simulation.run(seed, bugs);

    // when
    Result smallest = new Minimizer(seed, bugs).minimize(found);

    // then
    assertTrue(found.actions().size() > 30);
    assertTrue(smallest.actions().size() <= 2, smallest.told()::toString);
    Result repeated = Simulation.run(seed, smallest.actions(), bugs);
    assertInstanceOf(smallest.failure().getClass(), repeated.failure());
    assertEquals(smallest.failure().getMessage(), repeated.failure().getMessage());
  }
}
