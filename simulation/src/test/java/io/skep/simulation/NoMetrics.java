package io.skep.simulation;

import io.skep.port.out.GatewayMetrics;
import io.skep.port.out.PartitionMetrics;

/// Nobody counts.
final class NoMetrics implements PartitionMetrics, GatewayMetrics {
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
  public void role(int partitionId, int role) {}

  @Override
  public void pushed(int partitionId, int jobs) {}

  @Override
  public void openJobStreams(int partitionId, int streams) {}

  @Override
  public void started(String method) {}

  @Override
  public void ended(String method, String status, long nanos) {}

  @Override
  public void waiting(String jobType, int requests) {}

  @Override
  public void jobStreams(int clients, int streams) {}
}
