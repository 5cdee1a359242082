package io.skep.bootstrap.memory;

import io.skep.domain.engine.Record;
import io.skep.port.out.Clock;
import io.skep.port.out.NoMetrics;
import io.skep.port.out.OperatorLog;
import io.skep.port.out.RecordSink;
import io.skep.port.out.Scheduler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/// Hears and says nothing: time stands still, what is scheduled never comes, and nobody counts.
@Singleton
final class Silence implements Clock, Scheduler, OperatorLog, RecordSink, NoMetrics {
  @Inject
  Silence() {}

  @Override
  public long nowMs() {
    return 1_000;
  }

  @Override
  public long nanoTime() {
    return 1_000_000_000;
  }

  @Override
  public Cancellable schedule(long delayMs, Runnable task) {
    return () -> {};
  }

  @Override
  public void info(String message) {}

  @Override
  public void warn(String message) {}

  @Override
  public void error(String message, Throwable cause) {
    throw new AssertionError(message, cause);
  }

  @Override
  public void accept(int partitionId, List<Record> records) {}

  @Override
  public boolean isOpen() {
    return false;
  }
}
