package io.skep.bootstrap.memory;

import io.skep.domain.engine.Record;
import io.skep.port.out.Clock;
import io.skep.port.out.GatewayMetrics;
import io.skep.port.out.OperatorLog;
import io.skep.port.out.PartitionMetrics;
import io.skep.port.out.RecordSink;
import io.skep.port.out.Scheduler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/// Hears and says nothing: time stands still, what is scheduled never comes, and nobody counts.
@Singleton
final class Silence
    implements Clock, Scheduler, OperatorLog, RecordSink, PartitionMetrics, GatewayMetrics {
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

  @Override
  public void received(int partitionId) {}

  @Override
  public void dropped(int partitionId) {}

  @Override
  public void answered(int partitionId, long latencyNanos) {}

  @Override
  public void applied(int partitionId, int commands, int records, long position, long nanos) {}

  @Override
  public void job(int partitionId, String action, String type) {}

  @Override
  public void element(int partitionId, String action, String type) {}

  @Override
  public void instance(int partitionId, String action) {}

  @Override
  public void incident(int partitionId, String action) {}

  @Override
  public void inFlight(int partitionId, int inFlight, int limit) {}

  @Override
  public void pushed(int partitionId, int jobs) {}

  @Override
  public void openJobStreams(int partitionId, int streams) {}

  @Override
  public void role(int partitionId, int role) {}

  @Override
  public void started(String method) {}

  @Override
  public void ended(String method, String status, long nanos) {}

  @Override
  public void jobStreams(int clients, int streams) {}

  @Override
  public void waiting(String jobType, int requests) {}
}
