package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three brokers, a gateway, clients at work, and one fault after the other. What clients were told
/// must hold in the end: see [Load#check].
class ChaosIT {
  /// `-Dseed=` repeats the order and the length of the faults.
  private final long seed = Long.getLong("seed", System.nanoTime());

  /// `-Dchaos.seconds=` for a longer test.
  private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("chaos.seconds", 40));

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// What no run goes without, however short it is.
  private static final List<Fault> ALWAYS = List.of(Fault.KILL, Fault.PAUSE, Fault.CUT_OFF);

  private final SplittableRandom random = new SplittableRandom(seed);
  private final Map<Fault, Integer> happened = new EnumMap<>(Fault.class);

  @TempDir Path directory;

  @Test
  void shouldKeepItsWordWhateverGoesWrong() throws Exception {
    System.out.println("Repeat with -Dseed=" + seed);
    // given
    try (var cluster = Cluster.start(directory);
        var load = new Load(cluster.client()).withLetters().start()) {
      long end = System.nanoTime() + TIME.toNanos();
      var faults = firstRound();

      // when
      while (System.nanoTime() < end || !happened.keySet().containsAll(ALWAYS)) {
        if (faults.isEmpty()) faults.addAll(shuffled(List.of(Fault.values())));
        Fault fault = faults.removeLast();
        int before = load.createdCount();
        fault.happen(cluster, random);
        happened.merge(fault, 1, Integer::sum);
        awaitMoreThan(before, load, fault, cluster);
      }

      // then
      try {
        load.check();
        assertEquals(Set.of(1, 2, 3), load.letters().countByPartition().keySet());
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "\n" + cluster.logs(), e);
      }
      System.out.printf(
          "%d faults: %s; operations checked: %s%n",
          happened.values().stream().mapToInt(Integer::intValue).sum(), happened, load.summary());
    }
  }

  /// Short, so that a short run comes to its end: what is always there, and one of the others.
  private List<Fault> firstRound() {
    var others = new ArrayList<>(List.of(Fault.values()));
    others.removeAll(ALWAYS);
    var faults = new ArrayList<>(ALWAYS);
    faults.add(others.get(random.nextInt(others.size())));
    return shuffled(faults);
  }

  private List<Fault> shuffled(List<Fault> all) {
    var faults = new ArrayList<>(all);
    for (int i = faults.size() - 1; i > 0; i--) {
      faults.set(i, faults.set(random.nextInt(i + 1), faults.get(i)));
    }
    return faults;
  }

  private static void awaitMoreThan(int count, Load load, Fault fault, Cluster cluster) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    // More than what can have been on its way.
    while (load.createdCount() < count + 20) {
      assertTrue(
          System.nanoTime() < deadline,
          () -> "nothing was created after " + fault + "\n" + cluster.logs());
      SkepProcess.pause(20);
    }
  }
}
