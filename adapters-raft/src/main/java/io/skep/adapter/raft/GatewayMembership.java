package io.skep.adapter.raft;

import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;
import io.skep.port.out.Membership;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/// A gateway's view of the cluster. Knows nobody before gossip is there.
@Singleton
final class GatewayMembership implements Membership {
  @Inject
  GatewayMembership(GatewayMemberSettings settings) {}

  @Override
  public Topology topology() {
    return Topology.unknown();
  }

  @Override
  public void onChange(Consumer<Topology> listener) {}

  @Override
  public void publish(PartitionState state) {
    throw new IllegalStateException("Expected a broker to publish %s, but this is a gateway".formatted(state));
  }

  @Override
  public void correct(int partitionId, int leader) {}
}
