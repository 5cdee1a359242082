package io.skep.adapter.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// What Micrometer knows of the JVM and the process. Bound at the first scrape: loading the
/// management beans takes longer than the rest of a start, and who never scrapes never needs them.
@Singleton
final class ProcessMeters implements AutoCloseable {
  private final MeterRegistry registry;
  private JvmGcMetrics gc;

  @Inject
  ProcessMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  synchronized void bind() {
    if (gc != null) return;
    gc = new JvmGcMetrics();
    gc.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
  }

  @Override
  public synchronized void close() {
    if (gc != null) gc.close();
  }
}
