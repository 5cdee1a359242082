package io.skep.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// Something that is done to the cluster, by clients or by fate. Ends by itself, so that any can be
/// left out.
///
/// @param number its place among all that the seed drew
/// @param atMs when
/// @param seed of its details
record Action(int number, long atMs, Kind kind, long seed) {

  /// What can be done, each with how often in comparison.
  enum Kind {
    CREATE(30),
    PUBLISH(16),
    BROADCAST(3),
    REPAIR(3),
    CANCEL(3),
    DEPLOY(10),
    CRASH_BROKER(6, true),
    CRASH_ALL_BROKERS(2, true),
    CRASH_GATEWAY(1, true),
    PAUSE(6, true),
    SLOW_DOWN(5, true),
    SET_CLOCK(2, true),
    CUT(3, true),
    SPLIT(2, true),
    DISTURB(3, true),
    STEP_DOWN(2, true),
    HAND_OVER(4, true),
    FILL_DISK(3, true);

    private final int weight;
    private final boolean isFault;

    Kind(int weight) {
      this(weight, false);
    }

    Kind(int weight, boolean isFault) {
      this.weight = weight;
      this.isFault = isFault;
    }
  }

  /// Draws a schedule.
  ///
  /// @param spanMs within which all begins
  static List<Action> draw(SplittableRandom random, long spanMs) {
    int count = 40 + random.nextInt(60);
    // Some runs are all quiet but for one kind of trouble, others know no rest.
    int calm = random.nextInt(4);
    var drawn = new ArrayList<Action>(count);
    while (drawn.size() < count) {
      Kind kind = draw(random);
      if (kind.isFault && random.nextInt(4) < calm) kind = Kind.CREATE;
      drawn.add(new Action(0, random.nextLong(spanMs), kind, random.nextLong()));
    }
    drawn.sort(Comparator.comparingLong(Action::atMs));
    var numbered = new ArrayList<Action>(count);
    for (Action action : drawn)
      numbered.add(new Action(numbered.size(), action.atMs, action.kind, action.seed));
    return numbered;
  }

  private static Kind draw(SplittableRandom random) {
    int all = 0;
    for (Kind kind : Kind.values()) all += kind.weight;
    int left = random.nextInt(all);
    for (Kind kind : Kind.values()) {
      left -= kind.weight;
      if (left < 0) return kind;
    }
    throw new IllegalStateException("weights do not add up");
  }
}
