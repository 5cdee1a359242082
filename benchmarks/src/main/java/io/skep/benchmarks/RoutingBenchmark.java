package io.skep.benchmarks;

import io.skep.domain.cluster.Routing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Where a message belongs.
@State(Scope.Thread)
public class RoutingBenchmark {
  private final Routing routing = new Routing(3);
  private String correlationKey = "2026-03-02/customer-0042/order-4711";

  @Benchmark
  public int ofCorrelationKey() {
    return routing.ofCorrelationKey(correlationKey);
  }
}
