package io.skep.simulation;

import java.util.SplittableRandom;
import java.util.TreeSet;

/// Between machines: delays, loses, repeats and reorders, and is cut here and there, perhaps in one
/// direction only.
final class Network {
  private final Timeline timeline;
  private final SplittableRandom random;

  /// Directions that are cut, as `from>to`.
  private final TreeSet<String> cuts = new TreeSet<>();

  private double loss;
  private double repetition;
  private long longestDelayMs = 3;

  Network(Timeline timeline, SplittableRandom random) {
    this.timeline = timeline;
    this.random = random;
  }

  /// @param loss what share of messages gets lost
  /// @param repetition what share comes twice
  /// @param longestDelayMs 1 or more
  void behave(double loss, double repetition, long longestDelayMs) {
    this.loss = loss;
    this.repetition = repetition;
    this.longestDelayMs = longestDelayMs;
  }

  void cut(String from, String to) {
    cuts.add(from + ">" + to);
  }

  void mend(String from, String to) {
    cuts.remove(from + ">" + to);
  }

  void heal() {
    cuts.clear();
  }

  boolean isCut(String from, String to) {
    return !cuts.isEmpty() && cuts.contains(from + ">" + to);
  }

  boolean isLost() {
    return loss > 0 && random.nextDouble() < loss;
  }

  long delayMs(Machine from, Machine to) {
    long slowMs = from.slowMs() + to.slowMs();
    return 1 + random.nextLong(longestDelayMs) + (slowMs == 0 ? 0 : random.nextLong(slowMs));
  }

  /// Sends something that may get lost or come twice, in any order with others.
  void send(Machine from, Machine to, Runnable arrival) {
    deliver(from, to, arrival);
    if (repetition > 0 && random.nextDouble() < repetition) deliver(from, to, arrival);
  }

  private void deliver(Machine from, Machine to, Runnable arrival) {
    if (isCut(from.name, to.name) || isLost()) return;
    timeline.in(
        delayMs(from, to),
        () -> {
          if (!isCut(from.name, to.name)) to.run(arrival);
        });
  }
}
