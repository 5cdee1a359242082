package io.skep.adapter.raft;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads beside those of Ratis: one that looks after all partitions at regular times, and one
/// that writes snapshots, one after the other so that partitions do not fight for the disk.
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(named("internal-api-housekeeping"));
  private final ExecutorService snapshots = Executors.newSingleThreadExecutor(named("snapshots"));

  private static ThreadFactory named(String name) {
    return Thread.ofPlatform().daemon().name(name).factory();
  }

  /// Has something done at regular times until it is cancelled. If it takes longer than the period,
  /// it is not done twice at a time. It may block, others do not wait for it.
  ///
  /// @param periodMs 1 or more; also before the first time
  Cancellable every(long periodMs, Runnable task) {
    var running = new AtomicBoolean();
    var failures = new AtomicInteger();
    Runnable once =
        () -> {
          try {
            task.run();
            failures.set(0);
          } catch (RuntimeException e) {
            // What is looked after may be closing. If it goes on failing, somebody should know, but
            // not ten times a second.
            if (failures.incrementAndGet() % 50 == 5) {
              LOG.error("Housekeeping fails again and again", e);
            }
          } finally {
            running.set(false);
          }
        };
    Runnable start =
        () -> {
          if (running.compareAndSet(false, true)) Thread.startVirtualThread(once);
        };
    var future = clock.scheduleAtFixedRate(start, periodMs, periodMs, TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  ExecutorService snapshots() {
    return snapshots;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    snapshots.shutdown();
    try {
      if (!snapshots.awaitTermination(10, TimeUnit.SECONDS))
        LOG.warn("A snapshot is still being written at the end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Something that goes on until it is cancelled.
  interface Cancellable {
    void cancel();
  }
}
