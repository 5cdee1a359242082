package io.skep.port.in;

import io.skep.domain.cluster.Topology;

/// Tells what the cluster looks like from here.
public interface TopologyQuery {
  Topology topology();
}
