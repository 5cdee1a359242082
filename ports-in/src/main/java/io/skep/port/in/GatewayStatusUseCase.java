package io.skep.port.in;

import io.skep.domain.cluster.Topology;
import io.skep.port.out.Clock;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.IntStream;

/// How a gateway without a broker is.
@Singleton
final class GatewayStatusUseCase implements NodeStatus {
  /// How long a gateway may know no leader before it counts as dead. A cluster that is restarted as
  /// a whole takes a while, and restarting its gateways meanwhile helps nobody.
  static final long TOLERANCE_NANOS = 5 * 60 * 1_000_000_000L;

  private final StartProgress start;
  private final TopologyQuery topology;
  private final Clock clock;
  private volatile long lastAwareNanos;

  @Inject
  GatewayStatusUseCase(StartProgress start, TopologyQuery topology, Clock clock) {
    this.start = start;
    this.topology = topology;
    this.clock = clock;
    this.lastAwareNanos = clock.nanoTime();
  }

  @Override
  public Report startup() {
    return new Report(List.of(started()));
  }

  @Override
  public Report readiness() {
    return new Report(List.of(started(), leaders(topology.topology())));
  }

  @Override
  public Report health() {
    Topology now = topology.topology();
    return new Report(List.of(started(), cluster(now), leaders(now)));
  }

  @Override
  public Report liveness() {
    boolean aware = leaders(topology.topology()).isUp();
    long nowNanos = clock.nanoTime();
    if (aware) lastAwareNanos = nowNanos;
    boolean alive = aware || nowNanos - lastAwareNanos < TOLERANCE_NANOS;
    return new Report(
        List.of(
            new Check(
                "gatewayPartitionLeaderAwareness",
                alive,
                alive ? "" : "no partition leader known for five minutes")));
  }

  @Override
  public List<PartitionReport> partitions() {
    return List.of();
  }

  @Override
  public List<DiskReport> disks() {
    return List.of();
  }

  private Check started() {
    return start.check("gatewayStarted");
  }

  private static Check cluster(Topology topology) {
    boolean aware = !topology.brokers().isEmpty();
    return new Check("gatewayClusterAwareness", aware, aware ? "" : "no broker is known");
  }

  private static Check leaders(Topology topology) {
    boolean aware =
        IntStream.rangeClosed(1, topology.partitionCount())
            .anyMatch(partition -> topology.leaderOf(partition) != null);
    return new Check(
        "gatewayPartitionLeaderAwareness", aware, aware ? "" : "no partition leader is known");
  }
}
