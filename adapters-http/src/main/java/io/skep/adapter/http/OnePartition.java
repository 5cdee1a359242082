package io.skep.adapter.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.skep.port.out.PartitionMetrics.Work;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/// The meters of one partition, made once. The names are those that dashboards for Zeebe read.
final class OnePartition {
  /// Job types come from models, element types and actions from the engine's vocabulary.
  private static final int TYPES = 200;

  private static final int ACTIONS = 40;

  /// Around 10 ms they are close together: a partition should not stop for longer.
  private static final Duration[] BUSY =
      LongStream.of(
              100, 250, 500, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 20_000, 50_000,
              100_000, 1_000_000)
          .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
          .toArray(Duration[]::new);

  final Counter received;
  final Counter dropped;
  final Histogram.Series latency;
  final Counter processed;
  final Counter written;
  final Histogram.Series entryNanos;
  final Histogram.Series entryCommands;
  final Map<Work, Timer> busy;
  final AtomicLong position = new AtomicLong();
  final AtomicInteger inFlight = new AtomicInteger();
  final AtomicInteger limit = new AtomicInteger();
  final AtomicInteger role = new AtomicInteger();
  final Counter pushed;
  final AtomicInteger openJobStreams = new AtomicInteger();
  final BoundedMeters<BoundedMeters<Counter>> jobs;
  final BoundedMeters<BoundedMeters<Counter>> elements;
  final BoundedMeters<Counter> instances;
  final BoundedMeters<Counter> incidents;
  final Counter creations;

  OnePartition(MeterRegistry registry, Histograms histograms, int partitionId) {
    String id = Integer.toString(partitionId);
    var tags = Tags.of("partition", id);
    received = registry.counter("zeebe_received_request_count", tags);
    dropped = registry.counter("zeebe_dropped_request_count", tags);
    latency = histograms.latency().with("partition", id);
    processed = records(registry, tags, "processed");
    written = records(registry, tags, "written");
    entryNanos = histograms.entryNanos().with("partition", id);
    entryCommands = histograms.entryCommands().with("partition", id);
    busy = busy(registry, tags);
    creations = registry.counter("zeebe_process_instance_creations", tags);
    pushed = registry.counter("zeebe_broker_jobs_pushed_count", tags);
    gauge(registry, "zeebe_broker_open_job_stream_count", tags, openJobStreams);
    gauge(registry, "zeebe_stream_processor_last_processed_position", tags, position);
    gauge(registry, "zeebe_backpressure_inflight_requests_count", tags, inFlight);
    gauge(registry, "zeebe_backpressure_requests_limit", tags, limit);
    gauge(registry, "atomix_role", tags.and("partitionGroupName", "raft-partition"), role);
    jobs = events(registry, "zeebe_job_events", tags);
    elements = events(registry, "zeebe_element_instance_events", tags);
    instances =
        new BoundedMeters<>(
            ACTIONS,
            action ->
                registry.counter(
                    "zeebe_executed_instances",
                    tags.and("action", action, "type", "ROOT_PROCESS_INSTANCE")));
    incidents =
        new BoundedMeters<>(
            ACTIONS,
            action -> registry.counter("zeebe_incident_events", tags.and("action", action)));
  }

  /// What all partitions share.
  record Histograms(Histogram latency, Histogram entryNanos, Histogram entryCommands) {
    static Histograms in(PrometheusRegistry registry) {
      var histograms =
          new Histograms(
              Histogram.ofLatency("zeebe_stream_processor_latency"),
              Histogram.ofWork("zeebe_stream_processor_batch_processing_duration"),
              Histogram.ofSizes("zeebe_stream_processor_batch_processing_commands"));
      registry.register(histograms.latency);
      registry.register(histograms.entryNanos);
      registry.register(histograms.entryCommands);
      return histograms;
    }
  }

  private static Map<Work, Timer> busy(MeterRegistry registry, Tags tags) {
    var timers = new EnumMap<Work, Timer>(Work.class);
    for (Work work : Work.values()) {
      timers.put(
          work,
          Timer.builder("skep.partition.busy")
              .description("How long a partition could do nothing else, at once")
              .tags(tags.and("work", work.name().toLowerCase(Locale.ROOT)))
              .serviceLevelObjectives(BUSY)
              .register(registry));
    }
    return timers;
  }

  private static Counter records(MeterRegistry registry, Tags tags, String action) {
    return registry.counter(
        "zeebe_stream_processor_records", tags.and("action", action, "processor", "engine"));
  }

  private static BoundedMeters<BoundedMeters<Counter>> events(
      MeterRegistry registry, String name, Tags tags) {
    return new BoundedMeters<>(
        TYPES,
        type ->
            new BoundedMeters<>(
                ACTIONS,
                action -> registry.counter(name, tags.and("type", type, "action", action))));
  }

  private static void gauge(MeterRegistry registry, String name, Tags tags, Number value) {
    Gauge.builder(name, value, Number::doubleValue).tags(tags).register(registry);
  }
}
