package io.skep.port.in;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;
import io.skep.port.out.Membership;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// A cluster of brokers that all hold all partitions. Tests say who leads.
final class FakeMembership implements Membership {
  private final List<Consumer<Topology>> listeners = new ArrayList<>();
  private final int brokers;
  private final int[] leaders;
  private final long[] terms;
  private final Map<Integer, Integer> unaware = new HashMap<>();
  private final Set<Integer> dead = new HashSet<>();
  private Topology topology = Topology.unknown();

  /// Corrections in the order in which they came, as `partition -> node`.
  final List<String> corrections = new ArrayList<>();

  /// What this broker told the others it is, in order.
  final List<PartitionState> published = new ArrayList<>();

  /// At first no broker is known.
  FakeMembership(int brokers, int partitions) {
    this.brokers = brokers;
    this.leaders = new int[partitions];
    this.terms = new long[partitions];
    java.util.Arrays.fill(leaders, -1);
  }

  static FakeMembership withLeaders(int brokers, int partitions) {
    var membership = new FakeMembership(brokers, partitions);
    for (int p = 1; p <= partitions; p++) membership.lead(p, (p - 1) % brokers);
    return membership;
  }

  /// @param nodeId -1 for none
  void lead(int partitionId, int nodeId) {
    lead(partitionId, nodeId, terms[partitionId - 1] + 1);
  }

  void lead(int partitionId, int nodeId, long term) {
    leaders[partitionId - 1] = nodeId;
    terms[partitionId - 1] = term;
    publish();
  }

  /// Another leads, and the former leader does not say that it knows.
  void replace(int partitionId, int nodeId) {
    unaware.put(partitionId, leaders[partitionId - 1]);
    lead(partitionId, nodeId);
  }

  /// A broker is no longer there.
  void die(int nodeId) {
    dead.add(nodeId);
    publish();
  }

  void publish() {
    var known = new ArrayList<Broker>();
    for (int node = 0; node < brokers; node++) {
      if (dead.contains(node)) continue;
      var states = new ArrayList<PartitionState>();
      for (int p = 1; p <= leaders.length; p++) {
        var role = leaders[p - 1] == node ? PartitionRole.LEADER : PartitionRole.FOLLOWER;
        if (unaware.getOrDefault(p, -1) == node) role = PartitionRole.INACTIVE;
        states.add(new PartitionState(p, role, terms[p - 1], true));
      }
      known.add(
          new Broker(node, new Address("broker-" + node, 26501), "0.1.0", List.copyOf(states)));
    }
    topology = new Topology(List.copyOf(known), brokers, leaders.length, brokers);
    listeners.forEach(listener -> listener.accept(topology));
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public void onChange(Consumer<Topology> listener) {
    listeners.add(listener);
  }

  @Override
  public void publish(PartitionState state) {
    published.add(state);
  }

  @Override
  public void correct(int partitionId, int leader) {
    corrections.add(partitionId + " -> " + leader);
    if (leaders[partitionId - 1] == leader) return;
    leaders[partitionId - 1] = leader;
    publish();
  }
}
