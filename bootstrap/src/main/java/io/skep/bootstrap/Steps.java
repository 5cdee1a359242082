package io.skep.bootstrap;

import io.skep.port.in.StartProgress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is started one after the other, and stopped in the opposite order.
final class Steps {
  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  private final StartProgress progress;
  private final List<Step> steps = new ArrayList<>();
  private final Deque<Step> started = new ArrayDeque<>();
  private final List<Runnable> waits = new ArrayList<>();
  private boolean stopped;

  private record Step(String name, Runnable start, Runnable stop) {}

  Steps(StartProgress progress) {
    this.progress = progress;
  }

  /// @param name in camel case, for probes that ask what is missing
  /// @param stop also undoes a start that failed half-way
  Steps then(String name, Runnable start, Runnable stop) {
    steps.add(new Step(name, start, stop));
    return this;
  }

  /// @param abandon makes a step fail that waits during the start, for as long as it likes; may be
  ///   called at any time
  Steps abandoning(Runnable abandon) {
    waits.add(abandon);
    return this;
  }

  /// Starts all. If one fails, it and those before are stopped again, and its exception is thrown.
  synchronized void start() {
    if (stopped) throw new IllegalStateException("Expected a start, but a stop came first");
    progress.expect(steps.stream().map(Step::name).toList());
    try {
      for (Step step : steps) {
        long startedAt = System.nanoTime();
        started.push(step);
        step.start.run();
        progress.done(step.name);
        LOG.debug("{} took {} ms to start", step.name, (System.nanoTime() - startedAt) / 1_000_000);
      }
    } catch (RuntimeException | Error e) {
      stop();
      throw e;
    }
    progress.finish();
  }

  /// Stops what was started. One that fails to stop does not keep the others from it. Idempotent.
  void stop() {
    waits.forEach(Runnable::run);
    stopAll();
  }

  private synchronized void stopAll() {
    stopped = true;
    while (!started.isEmpty()) {
      Step step = started.pop();
      try {
        step.stop.run();
      } catch (RuntimeException e) {
        LOG.warn("Expected {} to stop, but it failed", step.name, e);
      }
    }
  }
}
