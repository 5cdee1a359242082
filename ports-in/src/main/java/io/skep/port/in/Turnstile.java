package io.skep.port.in;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets tasks through one at a time, in the order in which they come, and keeps nobody waiting:
/// whoever finds it busy leaves the task to the one who is inside. What a task does is visible to
/// the next.
final class Turnstile {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  /// Runs the task now, or after those that came before. A task that fails does not stop the
  /// others.
  void pass(Runnable task) {
    tasks.add(task);
    if (size.getAndIncrement() != 0) return;
    RuntimeException failure = null;
    do {
      try {
        tasks.remove().run();
      } catch (RuntimeException e) {
        if (failure == null) failure = e;
        else failure.addSuppressed(e);
      }
    } while (size.decrementAndGet() != 0);
    if (failure != null) throw failure;
  }
}
