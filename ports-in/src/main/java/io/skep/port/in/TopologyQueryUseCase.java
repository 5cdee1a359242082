package io.skep.port.in;

import io.skep.domain.cluster.Topology;
import io.skep.port.out.Membership;
import jakarta.inject.Inject;

final class TopologyQueryUseCase implements TopologyQuery {
  private final Membership membership;

  @Inject
  TopologyQueryUseCase(Membership membership) {
    this.membership = membership;
  }

  @Override
  public Topology topology() {
    return membership.topology();
  }
}
