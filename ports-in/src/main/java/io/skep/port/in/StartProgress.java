package io.skep.port.in;

import io.skep.port.in.NodeStatus.Check;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// How far the start of this process has come. Whoever starts it tells; [NodeStatus] shows it.
@Singleton
public final class StartProgress {
  private final List<String> done = new CopyOnWriteArrayList<>();
  private volatile List<String> steps = List.of();
  private volatile boolean through;

  @Inject
  public StartProgress() {}

  /// Tells what has to be done, in order, before the start is through.
  ///
  /// @param steps in camel case, such as `commandApi`
  public void expect(List<String> steps) {
    this.steps = List.copyOf(steps);
  }

  public void done(String step) {
    done.add(step);
  }

  /// The start is through, and stays so.
  public void finish() {
    through = true;
  }

  public boolean isThrough() {
    return through;
  }

  /// One check for the start as a whole; its detail names the steps that are missing.
  Check check(String name) {
    if (through) return new Check(name, true, "");
    var missing = steps.stream().filter(step -> !done.contains(step)).toList();
    return new Check(
        name, false, missing.isEmpty() ? "starting" : "not started: " + String.join(", ", missing));
  }
}
