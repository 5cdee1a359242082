package io.skep.port.in;

import io.skep.domain.cluster.Routing;
import io.skep.domain.cluster.Topology;

/// Names the partition that a command is tried on next.
sealed interface PartitionChoice {

  /// None is left to be tried, or none that is has a leader.
  int NONE = Integer.MIN_VALUE;

  /// @param topology with one partition at least
  /// @return a partition, which need not exist, or [#NONE]
  int next(Topology topology);

  /// Whether there may be another partition to be tried.
  boolean canMoveOn();

  /// The one partition that is responsible, each time.
  record Only(int partitionId) implements PartitionChoice {

    @Override
    public int next(Topology topology) {
      return partitionId;
    }

    @Override
    public boolean canMoveOn() {
      return false;
    }
  }

  /// The one that a correlation key belongs to, each time.
  record OfCorrelationKey(String correlationKey) implements PartitionChoice {

    @Override
    public int next(Topology topology) {
      return new Routing(topology.partitionCount()).ofCorrelationKey(correlationKey);
    }

    @Override
    public boolean canMoveOn() {
      return false;
    }
  }

  /// All partitions that have a leader, each once, from the one whose turn it is. Then all over
  /// again.
  final class InTurn implements PartitionChoice {
    private final long turn;
    private int tried;

    InTurn(long turn) {
      this.turn = turn;
    }

    @Override
    public int next(Topology topology) {
      var routing = new Routing(topology.partitionCount());
      while (tried < topology.partitionCount()) {
        int partitionId = routing.ofTurn(turn + tried++);
        if (topology.leaderOf(partitionId) != null) return partitionId;
      }
      tried = 0;
      return NONE;
    }

    @Override
    public boolean canMoveOn() {
      return true;
    }
  }
}
