package io.skep.domain.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts the topology together: from what brokers say of themselves, and from what was learnt by
/// asking the wrong one.
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
    reported =
        new Topology(
            profiles.stream().map(BrokerProfile::broker).toList(),
            first.clusterSize(),
            first.partitionCount(),
            first.replicationFactor());
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
    return new Topology(
        reported.brokers().stream().map(this::corrected).toList(),
        reported.clusterSize(),
        reported.partitionCount(),
        reported.replicationFactor());
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
      boolean deposed = correction != null && state.role() == PartitionRole.LEADER;
      if (deposed) state = with(state.partitionId(), PartitionRole.FOLLOWER, state.term(), state);
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
