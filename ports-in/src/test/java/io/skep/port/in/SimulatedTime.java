package io.skep.port.in;

import io.skep.port.out.Clock;
import io.skep.port.out.Scheduler;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Time that passes only when a test lets it, and runs what falls due in it on the test's own
/// thread.
final class SimulatedTime implements Clock, Scheduler {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::atMs).thenComparingLong(Task::number));
  private long nowMs = 1_000;
  private long number;

  @Override
  public long nowMs() {
    return nowMs;
  }

  @Override
  public long nanoTime() {
    return nowMs * 1_000_000;
  }

  @Override
  public Cancellable schedule(long delayMs, Runnable task) {
    if (delayMs < 0) throw new IllegalArgumentException("Expected no negative delay");
    var scheduled = new Task(nowMs + delayMs, number++, task);
    tasks.add(scheduled);
    return () -> tasks.remove(scheduled);
  }

  /// Runs what is due up to then.
  void pass(long ms) {
    long untilMs = nowMs + ms;
    while (!tasks.isEmpty() && tasks.peek().atMs() <= untilMs) {
      Task next = tasks.remove();
      nowMs = next.atMs();
      next.task().run();
    }
    nowMs = untilMs;
  }

  /// How much is still to be done.
  int scheduled() {
    return tasks.size();
  }

  /// How much falls due until then.
  long scheduledWithin(long ms) {
    return tasks.stream().filter(task -> task.atMs() <= nowMs + ms).count();
  }

  private record Task(long atMs, long number, Runnable task) {}
}
