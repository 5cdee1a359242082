package io.skep.domain.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts the topology together: from what brokers say of themselves, and from what was learnt by
/// asking the wrong one. Each partition has one leader in it at most, that of the latest election.
public final class ClusterView {
  /// A correction that nothing has confirmed in this time was wrong, or is of no use any more.
  private static final long CORRECTION_MS = 5_000;

  private final Map<Integer, Correction> corrections = new LinkedHashMap<>();
  private Topology reported = Topology.unknown();

  /// Somebody said that this broker leads.
  ///
  /// @param term of the leader that was known then, 0 if none was
  private record Correction(int leader, long term, long untilMs) {}

  /// Replaces what brokers say.
  ///
  /// @param present those that are alive
  public void report(Collection<BrokerProfile> present) {
    var profiles = present.stream().sorted(Comparator.comparingInt(BrokerProfile::nodeId)).toList();
    if (profiles.isEmpty()) {
      reported = Topology.unknown();
      return;
    }
    BrokerProfile first = profiles.getFirst();
    var claimed =
        new Topology(
            profiles.stream().map(BrokerProfile::broker).toList(),
            first.clusterSize(),
            first.partitionCount(),
            first.replicationFactor());
    reported = with(claimed, claimed.brokers().stream().map(b -> settled(b, claimed)).toList());
  }

  /// Without the leads that a later election has ended. Whoever lost one by it and does not say so
  /// takes no part, as far as anybody can tell: it may be cut off, or have stopped.
  private static Broker settled(Broker broker, Topology claimed) {
    if (broker.partitions().stream().noneMatch(state -> isPast(state, broker, claimed))) {
      return broker;
    }
    return with(
        broker,
        broker.partitions().stream()
            .map(
                state ->
                    isPast(state, broker, claimed) ? with(PartitionRole.INACTIVE, state) : state)
            .toList());
  }

  private static boolean isPast(PartitionState state, Broker broker, Topology claimed) {
    return state.role() == PartitionRole.LEADER
        && claimed.leaderOf(state.partitionId()).nodeId() != broker.nodeId();
  }

  private static PartitionState with(PartitionRole role, PartitionState state) {
    return new PartitionState(state.partitionId(), role, state.term(), state.healthy());
  }

  /// A broker that was taken for the leader said that it is this one. What brokers say of
  /// themselves counts again as soon as it is of a later election.
  public void correct(int partitionId, int leader, long nowMs) {
    var known = reported.leadershipOf(partitionId);
    if (known != null && known.leader().nodeId() == leader) corrections.remove(partitionId);
    else {
      long term = known == null ? 0 : known.term();
      corrections.put(partitionId, new Correction(leader, term, nowMs + CORRECTION_MS));
    }
  }

  /// @return the topology as of now
  public Topology topology(long nowMs) {
    corrections.entrySet().removeIf(entry -> isSettled(entry.getKey(), entry.getValue(), nowMs));
    if (corrections.isEmpty()) return reported;
    return with(reported, reported.brokers().stream().map(this::corrected).toList());
  }

  /// When the topology may change without anything being reported, [Long#MAX_VALUE] if it cannot.
  public long nextChangeAtMs() {
    return corrections.values().stream()
        .mapToLong(Correction::untilMs)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private boolean isSettled(int partitionId, Correction correction, long nowMs) {
    if (nowMs >= correction.untilMs()) return true;
    var known = reported.leadershipOf(partitionId);
    return known != null && known.term() > correction.term();
  }

  private Broker corrected(Broker broker) {
    var partitions = new ArrayList<PartitionState>();
    for (PartitionState state : broker.partitions()) {
      Correction correction = corrections.get(state.partitionId());
      if (correction != null && state.role() == PartitionRole.LEADER) {
        state = with(PartitionRole.FOLLOWER, state);
      }
      if (correction == null || correction.leader() != broker.nodeId()) partitions.add(state);
    }
    corrections.forEach(
        (partitionId, correction) -> {
          // There must have been an election since.
          if (correction.leader() == broker.nodeId()) {
            partitions.add(
                with(
                    partitionId,
                    PartitionRole.LEADER,
                    correction.term() + 1,
                    stateOf(broker, partitionId)));
          }
        });
    partitions.sort(Comparator.comparingInt(PartitionState::partitionId));
    return with(broker, partitions);
  }

  private static Topology with(Topology topology, List<Broker> brokers) {
    return new Topology(
        brokers, topology.clusterSize(), topology.partitionCount(), topology.replicationFactor());
  }

  private static Broker with(Broker broker, List<PartitionState> partitions) {
    return new Broker(
        broker.nodeId(), broker.commandApi(), broker.version(), List.copyOf(partitions));
  }

  private static PartitionState stateOf(Broker broker, int partitionId) {
    for (PartitionState state : broker.partitions())
      if (state.partitionId() == partitionId) return state;
    return null;
  }

  /// @param before whose health counts on, or `null` if nothing was reported
  private static PartitionState with(
      int partitionId, PartitionRole role, long term, PartitionState before) {
    return new PartitionState(partitionId, role, term, before == null || before.healthy());
  }
}
