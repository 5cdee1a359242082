package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.RecordingReplica.Outcome;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.cluster.PartitionDistribution;
import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;
import io.skep.port.out.PartitionLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembershipTest {
  @TempDir Path directory;
  private final String cluster = "test-" + UUID.randomUUID();
  private final List<InternalApi> open = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    open.parallelStream().forEach(InternalApi::stop);
  }

  private final class Node {
    final int nodeId;
    final ClusterMembership membership;
    final BrokerInternalApi api;
    private final InternalApiSettings settings;

    Node(int nodeId, List<Address> contactPoints) {
      this.nodeId = nodeId;
      settings =
          new InternalApiSettings(
              nodeId,
              3,
              1,
              3,
              InternalApiSettings.ROUND_ROBIN,
              cluster,
              "127.0.0.1",
              0,
              new Address("127.0.0.1", 0),
              new Address("127.0.0.1", 30_000 + nodeId),
              "test",
              directory.resolve("broker-" + nodeId),
              false,
              contactPoints,
              Duration.ofMillis(200),
              Duration.ofMillis(400),
              Duration.ofHours(1),
              1_000_000,
              128 << 20,
              1 << 20,
              900_000,
              0,
              null);
      membership = new ClusterMembership(ClusterMembership.profile(settings));
      api = new BrokerInternalApi(settings, membership, membership, new FakeRoom());
      api.start();
      open.add(api);
    }

    Address address() {
      return new Address("127.0.0.1", api.port());
    }

    PartitionLog open(RecordingReplica replica) {
      var partition = PartitionDistribution.roundRobin(3, 1, 3).of(nodeId).getFirst();
      return new BrokerLogs(settings, api).open(partition, replica);
    }
  }

  private ClusterMembership gateway(Address contactPoint) {
    var membership = new ClusterMembership(null);
    var api =
        new GatewayInternalApi(
            new GatewayMemberSettings(cluster, "gateway", List.of(contactPoint), "test", null),
            membership);
    api.start();
    open.add(api);
    return membership;
  }

  private static List<Integer> ids(Topology topology) {
    return topology.brokers().stream().map(Broker::nodeId).toList();
  }

  private static void awaitBrokers(ClusterMembership membership, Integer... nodeIds) {
    RecordingReplica.await(
        "brokers " + List.of(nodeIds), () -> ids(membership.topology()).equals(List.of(nodeIds)));
  }

  @Test
  void shouldKnowItselfBeforeAnythingStarts() {
    // given
    var membership =
        new ClusterMembership(ClusterMembership.profile(new Cluster(directory, 1, 1).settings(0)));

    // when
    membership.publish(new PartitionState(1, PartitionRole.LEADER, 3, true));

    // then
    assertEquals(0, membership.topology().leaderOf(1).nodeId());
    assertEquals(1, membership.topology().clusterSize());
  }

  @Test
  void shouldFindEverybodyByOneContactPointOnBrokersAsOnGateways() {
    // given
    var first = new Node(0, List.of());
    var second = new Node(1, List.of(first.address()));

    // when
    var third = new Node(2, List.of(first.address()));
    var gateway = gateway(second.address());

    // then
    for (var membership : List.of(first.membership, second.membership, third.membership, gateway)) {
      awaitBrokers(membership, 0, 1, 2);
      assertEquals(new Address("127.0.0.1", 30_002), membership.topology().broker(2).commandApi());
      assertEquals(3, membership.topology().replicationFactor());
    }
    assertEquals(third.address(), first.membership.of(2).orElseThrow());
  }

  @Test
  void shouldFindTheOthersAgainWithoutAnyContactPoint() {
    // given
    var first = new Node(0, List.of());
    var second = new Node(1, List.of(first.address()));
    awaitBrokers(first.membership, 0, 1);
    awaitBrokers(second.membership, 0, 1);
    first.api.stop();
    awaitBrokers(second.membership, 1);

    // when
    var again = new Node(0, List.of());

    // then
    awaitBrokers(again.membership, 0, 1);
    awaitBrokers(second.membership, 0, 1);
    assertEquals(again.address(), second.membership.of(0).orElseThrow());
  }

  @Test
  void shouldTellGatewaysOfANewLeaderWithinMilliseconds() {
    // given
    var first = new Node(0, List.of());
    var second = new Node(1, List.of(first.address()));
    var gateway = gateway(first.address());
    awaitBrokers(gateway, 0, 1);
    awaitBrokers(second.membership, 0, 1);
    RecordingReplica.pause(300);
    var spans = new ArrayList<Long>();

    for (int term = 1; term <= 21; term++) {
      // when
      var leader = term % 2 == 0 ? first : second;
      long start = System.nanoTime();
      leader.membership.publish(new PartitionState(1, PartitionRole.LEADER, term, true));
      int expected = leader.nodeId;
      RecordingReplica.await(
          "the new leader",
          () -> {
            Broker known = gateway.topology().leaderOf(1);
            return known != null && known.nodeId() == expected;
          });
      spans.add((System.nanoTime() - start) / 1_000);
      RecordingReplica.pause(20);
    }

    // then
    spans.sort(null);
    assertTrue(spans.get(10) < 50_000, "median of " + spans.get(10) + " µs");
  }

  @Test
  void shouldTellListenersOfEachState() {
    // given
    var first = new Node(0, List.of());
    var seen = new CopyOnWriteArrayList<Topology>();
    first.membership.onChange(seen::add);

    // when
    var second = new Node(1, List.of(first.address()));
    awaitBrokers(first.membership, 0, 1);
    second.membership.publish(new PartitionState(1, PartitionRole.LEADER, 1, true));

    // then
    RecordingReplica.await("the leader", () -> first.membership.topology().leaderOf(1) != null);
    RecordingReplica.await("the news", () -> seen.getLast().equals(first.membership.topology()));
  }

  @Test
  void shouldDropABrokerThatSaysGoodByeAndTakeItBack() {
    // given
    var first = new Node(0, List.of());
    var second = new Node(1, List.of(first.address()));
    var gateway = gateway(first.address());
    awaitBrokers(gateway, 0, 1);

    // when
    second.api.stop();

    // then
    awaitBrokers(gateway, 0);

    // when
    new Node(1, List.of(first.address()));

    // then
    awaitBrokers(gateway, 0, 1);
  }

  @Test
  void shouldKeepBrokersOfAnotherClusterOut() {
    // given
    var first = new Node(0, List.of());
    var stranger = new ClusterMembership(null);
    var api =
        new GatewayInternalApi(
            new GatewayMemberSettings("other", "gateway", List.of(first.address()), "test", null),
            stranger);
    api.start();
    open.add(api);

    // when
    RecordingReplica.pause(700);

    // then
    assertEquals(Topology.unknown(), stranger.topology());
  }

  @Test
  void shouldRefuseAGatewayThatPublishes() {
    var gateway = new ClusterMembership(null);
    assertThrows(
        IllegalStateException.class,
        () -> gateway.publish(new PartitionState(1, PartitionRole.LEADER, 1, true)));
  }

  @Test
  void shouldReplicateBetweenBrokersThatFindEachOtherByGossipAndComeBackElsewhere() {
    // given
    var first = new Node(0, List.of());
    Map<Integer, RecordingReplica> replicas = new ConcurrentHashMap<>();
    Map<Integer, PartitionLog> logs = new ConcurrentHashMap<>();
    var nodes =
        new ArrayList<>(
            List.of(
                first,
                new Node(1, List.of(first.address())),
                new Node(2, List.of(first.address()))));
    for (Node node : nodes) {
      replicas.put(node.nodeId, new RecordingReplica());
      logs.put(node.nodeId, node.open(replicas.get(node.nodeId)));
    }
    commit(replicas, logs, "before");

    // when
    Node moved = nodes.get(2);
    moved.api.stop();
    replicas.remove(2);
    logs.remove(2);
    Node again = new Node(2, List.of(first.address()));
    assertTrue(!again.address().equals(moved.address()));
    replicas.put(2, new RecordingReplica());
    logs.put(2, again.open(replicas.get(2)));
    commit(replicas, logs, "after");

    // then
    RecordingReplica.await(
        "the one that moved to catch up",
        () -> replicas.get(2).state.containsAll(List.of("before", "after")));
  }

  private static void commit(
      Map<Integer, RecordingReplica> replicas, Map<Integer, PartitionLog> logs, String text) {
    RecordingReplica.await(
        "'" + text + "' to be committed",
        () -> {
          for (int nodeId : replicas.keySet()) {
            if (!replicas.get(nodeId).leading) continue;
            var outcome = new Outcome();
            logs.get(nodeId).propose(RecordingReplica.bytes(text), outcome);
            RecordingReplica.await("it to end", outcome::hasEnded);
            if (outcome.committed.get() == 1) return true;
          }
          return false;
        });
  }
}
