package io.skep.port.out;

import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;
import java.util.function.Consumer;

/// Who is in the cluster and who leads what.
public interface Membership {

  Topology topology();

  /// Has each later change of the topology told. Called on any thread; must not block.
  void onChange(Consumer<Topology> listener);

  /// Tells the others what this broker is to a partition now.
  void publish(PartitionState state);

  /// The partition's leader told or was told of: fresher than what gossip has said so far.
  ///
  /// @param leader a node id
  void correct(int partitionId, int leader);
}
