package io.skep.adapter.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.skep.port.out.PartitionMetrics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// Counts what partitions report. A report costs an array access and an addition or two.
@Singleton
final class PartitionMeters implements PartitionMetrics {
  private final PrometheusMeterRegistry registry;
  private final OnePartition.Histograms histograms;

  /// By partition id. Replaced when it grows, so that readers need no lock.
  private volatile OnePartition[] partitions = {};

  @Inject
  PartitionMeters(PrometheusMeterRegistry registry) {
    this.registry = registry;
    this.histograms = OnePartition.Histograms.in(registry.getPrometheusRegistry());
  }

  @Override
  public void received(int partitionId) {
    of(partitionId).received.increment();
  }

  @Override
  public void dropped(int partitionId) {
    of(partitionId).dropped.increment();
  }

  @Override
  public void answered(int partitionId, long latencyNanos) {
    of(partitionId).latency.record(latencyNanos);
  }

  @Override
  public void applied(int partitionId, int commands, int records, long position, long nanos) {
    OnePartition partition = of(partitionId);
    partition.processed.increment(commands);
    partition.written.increment(records);
    partition.position.lazySet(position);
    partition.entryCommands.record(commands);
    partition.entryNanos.record(nanos);
  }

  @Override
  public void busy(int partitionId, Work work, long nanos) {
    of(partitionId).busy.get(work).record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void job(int partitionId, String action, String type) {
    of(partitionId).jobs.of(type).of(action).increment();
  }

  @Override
  public void element(int partitionId, String action, String type) {
    of(partitionId).elements.of(type).of(action).increment();
  }

  @Override
  public void instance(int partitionId, String action) {
    of(partitionId).instances.of(action).increment();
  }

  @Override
  public void created(int partitionId) {
    of(partitionId).creations.increment();
  }

  @Override
  public void incident(int partitionId, String action) {
    of(partitionId).incidents.of(action).increment();
  }

  @Override
  public void inFlight(int partitionId, int inFlight, int limit) {
    OnePartition partition = of(partitionId);
    partition.inFlight.lazySet(inFlight);
    partition.limit.lazySet(limit);
  }

  @Override
  public void pushed(int partitionId, int jobs) {
    of(partitionId).pushed.increment(jobs);
  }

  @Override
  public void openJobStreams(int partitionId, int streams) {
    of(partitionId).openJobStreams.lazySet(streams);
  }

  @Override
  public void role(int partitionId, int role) {
    of(partitionId).role.lazySet(role);
  }

  private OnePartition of(int partitionId) {
    OnePartition[] known = partitions;
    if (partitionId < known.length && known[partitionId] != null) return known[partitionId];
    return first(partitionId);
  }

  private synchronized OnePartition first(int partitionId) {
    OnePartition[] known = partitions;
    if (partitionId < known.length && known[partitionId] != null) return known[partitionId];
    OnePartition[] grown = Arrays.copyOf(known, Math.max(known.length, partitionId + 1));
    grown[partitionId] = new OnePartition(registry, histograms, partitionId);
    partitions = grown;
    return grown[partitionId];
  }
}
