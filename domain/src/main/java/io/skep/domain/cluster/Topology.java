package io.skep.domain.cluster;

import java.util.List;

/// Who leads and follows what, as far as this member knows. May be behind.
///
/// @param brokers in the order of their ids, those that are alive
/// @param clusterSize how many brokers there should be; this and the counts below are 0 while no
///   broker is known
public record Topology(
    List<Broker> brokers, int clusterSize, int partitionCount, int replicationFactor) {

  /// Who leads, and since which election: the same broker may lead again later without knowing what
  /// it knew before.
  public record Leadership(Broker leader, long term) {

    /// Whether the other is this very lead, whatever else became of its broker.
    public boolean isSameAs(Leadership other) {
      return other != null && other.term == term && other.leader.nodeId() == leader.nodeId();
    }

    /// Whether both are the same lead, or none is known twice; `null` stands for that.
    public static boolean areSame(Leadership one, Leadership other) {
      return one == null ? other == null : one.isSameAs(other);
    }
  }

  public static Topology unknown() {
    return new Topology(List.of(), 0, 0, 0);
  }

  /// The leader of the highest term, or `null` if none is known.
  public Broker leaderOf(int partitionId) {
    Leadership leadership = leadershipOf(partitionId);
    return leadership == null ? null : leadership.leader();
  }

  /// The leader of the highest term with that term, or `null` if none is known.
  public Leadership leadershipOf(int partitionId) {
    Leadership highest = null;
    for (Broker broker : brokers) {
      for (PartitionState partition : broker.partitions()) {
        if (partition.partitionId() == partitionId
            && partition.role() == PartitionRole.LEADER
            && (highest == null || partition.term() > highest.term())) {
          highest = new Leadership(broker, partition.term());
        }
      }
    }
    return highest;
  }

  /// Whether nobody need wait for what was asked of a leader: it is gone, or a later election made
  /// another one leader and it does not say that it knows. One that knows refuses what waits there.
  ///
  /// @param asked the leader of that partition as it was known then
  public boolean hasLost(int partitionId, Leadership asked) {
    Broker broker = broker(asked.leader().nodeId());
    if (broker == null) return true;
    Leadership now = leadershipOf(partitionId);
    boolean replaced =
        now != null
            && now.term() > asked.term()
            && now.leader().nodeId() != asked.leader().nodeId();
    return replaced && roleOf(broker, partitionId) != PartitionRole.FOLLOWER;
  }

  /// `null` if it has not said anything of that partition.
  private static PartitionRole roleOf(Broker broker, int partitionId) {
    for (PartitionState state : broker.partitions())
      if (state.partitionId() == partitionId) return state.role();
    return null;
  }

  /// The broker of this id, or `null` if it is not known.
  public Broker broker(int nodeId) {
    for (Broker broker : brokers) if (broker.nodeId() == nodeId) return broker;
    return null;
  }
}
