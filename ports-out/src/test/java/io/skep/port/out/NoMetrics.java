package io.skep.port.out;

/// Metrics that nobody looks at, for all modules' tests. A test that looks at some overrides those.
public interface NoMetrics extends PartitionMetrics, GatewayMetrics {

  static NoMetrics create() {
    return new NoMetrics() {};
  }

  @Override
  default void received(int partitionId) {}

  @Override
  default void dropped(int partitionId) {}

  @Override
  default void answered(int partitionId, long latencyNanos) {}

  @Override
  default void applied(int partitionId, int commands, int records, long position, long nanos) {}

  @Override
  default void busy(int partitionId, Work work, long nanos) {}

  @Override
  default void job(int partitionId, String action, String type) {}

  @Override
  default void element(int partitionId, String action, String type) {}

  @Override
  default void instance(int partitionId, String action) {}

  @Override
  default void created(int partitionId) {}

  @Override
  default void incident(int partitionId, String action) {}

  @Override
  default void inFlight(int partitionId, int inFlight, int limit) {}

  @Override
  default void pushed(int partitionId, int jobs) {}

  @Override
  default void openJobStreams(int partitionId, int streams) {}

  @Override
  default void role(int partitionId, int role) {}

  @Override
  default void started(String method) {}

  @Override
  default void ended(String method, String status, long nanos) {}

  @Override
  default void waiting(String jobType, int requests) {}

  @Override
  default void jobStreams(int clients, int streams) {}
}
