package io.skep.port.in;

import io.skep.port.out.Scheduler;

/// The timers of a process, which end with it.
final class MortalScheduler implements Scheduler {
  private final Scheduler scheduler;
  private boolean dead;

  MortalScheduler(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void die() {
    dead = true;
  }

  @Override
  public Cancellable schedule(long delayMs, Runnable task) {
    if (dead) return () -> {};
    return scheduler.schedule(
        delayMs,
        () -> {
          if (!dead) task.run();
        });
  }
}
