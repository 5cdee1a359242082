package io.skep.adapter.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// All meters as Prometheus text.
@Singleton
final class MetricsPage {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final ProcessMeters process;
  private final StatusMeters status;

  @Inject
  MetricsPage(PrometheusMeterRegistry registry, ProcessMeters process, StatusMeters status) {
    this.registry = registry;
    this.process = process;
    this.status = status;
  }

  Response page() {
    process.bind();
    status.refresh();
    return Response.text(CONTENT_TYPE, registry.scrape(CONTENT_TYPE));
  }
}
