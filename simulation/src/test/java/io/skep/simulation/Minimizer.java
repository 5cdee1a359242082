package io.skep.simulation;

import io.skep.simulation.Simulation.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Leaves out of a schedule what a failure does not need.
final class Minimizer {
  /// So many runs at most: a failure should be told in time.
  private static final int RUNS = 150;

  private final long seed;
  private final Set<Bug> bugs;
  private int runs;

  Minimizer(long seed, Set<Bug> bugs) {
    this.seed = seed;
    this.bugs = bugs;
  }

  /// @param failed a run that failed
  /// @return one that fails in the same way with as few actions as could be found
  Result minimize(Result failed) {
    Result smallest = failed;
    int chunk = Math.max(1, failed.actions().size() / 2);
    while (runs < RUNS) {
      Result smaller = without(smallest, chunk);
      if (smaller != null) smallest = smaller;
      else if (chunk == 1) break;
      else chunk = Math.max(1, chunk / 2);
    }
    return smallest;
  }

  /// Tries to leave out so many in a row, wherever they are.
  private Result without(Result failed, int chunk) {
    List<Action> actions = failed.actions();
    for (int from = 0; from < actions.size() && runs < RUNS; from += chunk) {
      var fewer = new ArrayList<>(actions.subList(0, from));
      fewer.addAll(actions.subList(Math.min(actions.size(), from + chunk), actions.size()));
      runs++;
      Result result = Simulation.run(seed, fewer, bugs);
      if (result.isFailure() && kind(result).equals(kind(failed))) return result;
    }
    return null;
  }

  /// What failed, whatever the numbers.
  private static String kind(Result result) {
    String message = String.valueOf(result.failure().getMessage());
    String start = message.substring(0, Math.min(30, message.length()));
    return result.failure().getClass().getSimpleName() + " " + start.replaceAll("\\d+", "#");
  }
}
