package io.skep.bootstrap;

import io.skep.port.out.Scheduler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs things later, on one thread.
@Singleton
final class ThreadScheduler implements Scheduler {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadScheduler.class);
  private static final Cancellable NOTHING = () -> {};

  private final ScheduledThreadPoolExecutor thread;

  @Inject
  ThreadScheduler() {
    thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("scheduler").daemon().factory());
    // Most are time-outs of requests, which end long before.
    thread.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Cancellable schedule(long delayMs, Runnable task) {
    try {
      ScheduledFuture<?> future =
          thread.schedule(() -> run(task), Math.max(0, delayMs), TimeUnit.MILLISECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException _) {
      // After the stop nothing is due any more.
      return NOTHING;
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      // The next task must run all the same.
      LOG.error("Expected a scheduled task to run, but it failed", e);
    }
  }

  /// Runs nothing more.
  void stop() {
    thread.shutdownNow();
  }
}
