package io.skep.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skep.domain.cluster.Broker;
import io.skep.domain.cluster.BrokerProfile;
import io.skep.domain.engine.State;
import io.skep.domain.engine.StateInvariants;
import io.skep.port.out.CheckpointStore.Image;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Whether there is nothing left to do, and what must hold then.
final class Rest {
  private final Cluster cluster;
  private final Clients clients;
  private String hindrance = "";

  Rest(Cluster cluster, Clients clients) {
    this.cluster = cluster;
    this.clients = clients;
  }

  /// Why it has not come yet.
  String hindrance() {
    return hindrance;
  }

  boolean hasCome() {
    hindrance = find();
    return hindrance.isEmpty();
  }

  private String find() {
    if (!clients.unanswered().isEmpty()) return "unanswered: " + clients.unanswered();
    if (!cluster.history().isAllAtRest()) {
      return "running: %s, mail: %s"
          .formatted(cluster.history().running(), cluster.history().mail());
    }
    String gossip = gossip();
    if (!gossip.isEmpty()) return gossip;
    for (int p = 1; p <= cluster.partitionCount(); p++) {
      String replication = replication(p);
      if (!replication.isEmpty()) return replication;
    }
    return "";
  }

  /// Everybody knows everybody, and what each says of itself.
  private String gossip() {
    var profiles = new TreeMap<String, BrokerProfile>();
    var ids = new TreeSet<String>();
    var members = cluster.brokers().stream().map(broker -> broker.member).toList();
    for (Member member : members) profiles.put(member.id, member.self());
    var gateways = cluster.gateways().stream().map(gateway -> gateway.member).toList();
    ids.addAll(profiles.keySet());
    gateways.forEach(gateway -> ids.add(gateway.id));
    for (Member member : concat(members, gateways)) {
      var others = new TreeSet<>(ids);
      others.remove(member.id);
      if (!member.present().equals(others)) {
        return "gossip: %s knows %s instead of %s".formatted(member.id, member.present(), others);
      }
      var known = new TreeMap<>(profiles);
      known.remove(member.id);
      if (!known.equals(new TreeMap<>(member.known()))) {
        return "gossip: %s knows %s instead of %s".formatted(member.id, member.known(), known);
      }
    }
    return "";
  }

  private static List<Member> concat(List<Member> some, List<Member> others) {
    var all = new java.util.ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  /// One leads, gateways know who, and all have run the same.
  private String replication(int partitionId) {
    BrokerProcess leader = null;
    for (BrokerProcess broker : cluster.brokers()) {
      if (!broker.log(partitionId).isServing()) continue;
      if (leader != null) return "partition %d has two leaders".formatted(partitionId);
      leader = broker;
    }
    if (leader == null) return "partition %d has no leader".formatted(partitionId);
    for (GatewayProcess gateway : cluster.gateways()) {
      Broker known = gateway.member.topology().leaderOf(partitionId);
      if (known == null || known.nodeId() != leader.nodeId) {
        return "gateway %d takes %s for the leader of partition %d"
            .formatted(gateway.number, known, partitionId);
      }
    }
    for (BrokerProcess broker : cluster.brokers()) {
      long applied = broker.log(partitionId).appliedIndex();
      if (applied != leader.log(partitionId).appliedIndex()) {
        return "broker %d has applied %d of partition %d"
            .formatted(broker.nodeId, applied, partitionId);
      }
    }
    State state = cluster.history().state(partitionId, leader.log(partitionId).state());
    int messages = state.messages().size();
    return messages == 0 ? "" : "partition %d keeps %d messages".formatted(partitionId, messages);
  }

  /// Nothing outlives its instance, and replicas agree.
  void check() {
    for (int p = 1; p <= cluster.partitionCount(); p++) {
      Image first = cluster.brokers().getFirst().log(p).state();
      for (BrokerProcess broker : cluster.brokers())
        assertArrayEquals(first.bytes(), broker.log(p).state().bytes(), "state of partition " + p);
      State state = cluster.history().state(p, first);
      StateInvariants.check(state, true);
      assertEquals(0, state.elements().size(), "elements");
      assertEquals(0, state.variables().size(), "variables");
      assertEquals(0, state.jobs().size(), "jobs");
      assertEquals(0, state.timers().size(), "timers");
      assertEquals(0, state.incidents().size(), "incidents");
      assertEquals(0, state.messageSubscriptions().size(), "subscriptions to messages");
      assertEquals(0, state.processSubscriptions().size(), "who waits for messages");
      assertEquals(0, state.signalSubscriptions().size(), "who waits for signals");
      assertEquals(0, state.startLocks().size(), "who keeps messages from starting others");
      assertEquals(0, state.awaitedResults().size(), "awaited results");
    }
  }
}
