package io.skep.adapter.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.skep.port.out.GatewayMetrics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts what a gateway reports, under the names that dashboards for Zeebe and for gRPC read.
@Singleton
final class GatewayMeters implements GatewayMetrics {
  private static final int METHODS = 100;
  private static final int STATUSES = 20;
  private static final int JOB_TYPES = 200;

  private final BoundedMeters<Method> methods;
  private final BoundedMeters<Waiting> waiting;
  private final AtomicInteger jobStreamClients = new AtomicInteger();
  private final AtomicInteger jobStreams = new AtomicInteger();

  @Inject
  GatewayMeters(PrometheusMeterRegistry registry) {
    var latencies = Histogram.ofLatency("zeebe_gateway_request_latency");
    var grpcLatencies = Histogram.ofLatency("grpc_server_handled_latency_seconds");
    registry.getPrometheusRegistry().register(latencies);
    registry.getPrometheusRegistry().register(grpcLatencies);
    methods =
        new BoundedMeters<>(
            METHODS, method -> new Method(registry, latencies, grpcLatencies, method));
    waiting = new BoundedMeters<>(JOB_TYPES, type -> new Waiting(registry, type));
    registry.gauge("zeebe_gateway_job_stream_clients", jobStreamClients);
    registry.gauge("zeebe_gateway_job_stream_streams", jobStreams);
  }

  @Override
  public void started(String method) {
    Method meters = methods.of(method);
    meters.started.increment();
    meters.total.increment();
  }

  @Override
  public void ended(String method, String status, long nanos) {
    Method meters = methods.of(method);
    meters.handled.of(status).increment();
    meters.latency.record(nanos);
    meters.grpcLatency.record(nanos);
    if (!status.equals("OK")) meters.failed.of(status).increment();
  }

  @Override
  public void waiting(String jobType, int requests) {
    waiting.of(jobType).set(jobType, requests);
  }

  @Override
  public void jobStreams(int clients, int streams) {
    jobStreamClients.lazySet(clients);
    jobStreams.lazySet(streams);
  }

  private static final class Method {
    private final Counter started;
    private final Counter total;
    private final Histogram.Series latency;
    private final Histogram.Series grpcLatency;
    private final BoundedMeters<Counter> handled;
    private final BoundedMeters<Counter> failed;

    Method(MeterRegistry registry, Histogram latencies, Histogram grpcLatencies, String method) {
      started = registry.counter("grpc_server_started", "grpc_method", method);
      total = registry.counter("zeebe_gateway_total_requests", "requestType", method);
      latency = latencies.with("requestType", method);
      grpcLatency = grpcLatencies.with("grpc_method", method);
      handled =
          new BoundedMeters<>(
              STATUSES,
              status ->
                  registry.counter(
                      "grpc_server_handled", "grpc_method", method, "grpc_code", status));
      failed =
          new BoundedMeters<>(
              STATUSES,
              status ->
                  registry.counter(
                      "zeebe_gateway_failed_requests", "requestType", method, "error", status));
    }
  }

  /// Requests that wait, of one type or of all those that share a meter.
  private static final class Waiting {
    private final AtomicInteger sum = new AtomicInteger();
    private final ConcurrentHashMap<String, Integer> byType = new ConcurrentHashMap<>();

    Waiting(MeterRegistry registry, String type) {
      Gauge.builder("zeebe_long_polling_queued_current", sum, AtomicInteger::get)
          .tag("type", type)
          .register(registry);
    }

    void set(String type, int requests) {
      Integer before = requests == 0 ? byType.remove(type) : byType.put(type, requests);
      sum.addAndGet(requests - (before == null ? 0 : before));
    }
  }
}
