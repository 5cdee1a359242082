package io.skep.domain.cluster.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.gossip.Simulation.Node;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// How members find each other and hear of changes.
class GossipTest {
  private final Simulation simulation = new Simulation(42);

  @Test
  void shouldFindEverybodyByOneContactPoint() {
    // given
    simulation.brokers(5);

    // when
    long ms = simulation.runUntil(10_000, simulation::isConverged);

    // then
    assertTrue(ms >= 0 && ms < 1_000, "took " + ms);
  }

  @Test
  void shouldFindTheOthersThoughTheContactPointStartsLater() {
    // given
    Node first = simulation.broker("broker-0");
    var contact = simulation.contactPoints();
    first.crash();
    brokersKnowing(contact);
    simulation.run(20_000);

    // when
    first.moveTo(contact.getFirst());
    first.run(gossip("broker-0", contact.getFirst(), List.of()));

    // then
    simulation.converge(21_000);
  }

  private Gossip gossip(String id, Address address, List<Address> contactPoints) {
    var self =
        new Member(
            id,
            address,
            simulation.nowMs,
            MemberStatus.ALIVE,
            Simulation.bytes("profile of " + id));
    return new Gossip(
        Simulation.CLUSTER,
        self,
        contactPoints,
        GossipSettings.DEFAULT,
        new SplittableRandom(1),
        simulation.nowMs);
  }

  private void brokersKnowing(List<Address> contact) {
    for (int i = 1; i < 4; i++) simulation.broker("broker-" + i).start(contact, simulation.nowMs);
  }

  @Test
  void shouldTellEverybodyOfAChangeAtOnce() {
    // given
    var brokers = simulation.brokers(7);
    simulation.converge(5_000);
    simulation.run(1_000);

    // when
    brokers.get(3).publish("I lead");
    long ms = simulation.runUntil(1_000, simulation::isConverged);

    // then
    assertTrue(ms >= 0 && ms <= simulation.maxDelayMs, "took " + ms);
  }

  @Test
  void shouldPushChangesThatComeTogetherAsOne() {
    // given
    var brokers = simulation.brokers(3);
    simulation.converge(5_000);
    simulation.run(1_000);
    long before = simulation.messages;

    // when
    for (int i = 0; i < 100; i++) brokers.get(0).publish("change " + i);
    long ms = simulation.runUntil(1_000, simulation::isConverged);

    // then
    assertTrue(ms >= 0 && ms <= 20, "took " + ms);
    assertTrue(simulation.messages - before < 30, "sent " + (simulation.messages - before));
  }

  @Test
  void shouldTellEverybodyOfAChangeThoughMessagesGetLost() {
    // given
    var brokers = simulation.brokers(7);
    simulation.converge(5_000);

    // when
    simulation.loss = 0.3;
    brokers.get(3).publish("I lead");
    long ms =
        simulation.runUntil(
            10_000,
            () ->
                brokers.stream()
                    .filter(node -> node != brokers.get(3))
                    .allMatch(node -> node.profileOf("broker-3").equals("I lead")));

    // then
    assertTrue(ms >= 0 && ms <= 3_000, "took " + ms);
  }

  @Test
  void shouldHearAGoodByeAtOnce() {
    // given
    var brokers = simulation.brokers(5);
    simulation.converge(5_000);

    // when
    brokers.get(1).leave();
    long ms = simulation.runUntil(1_000, simulation::isConverged);

    // then
    assertTrue(ms >= 0 && ms <= simulation.maxDelayMs, "took " + ms);
  }

  @Test
  void shouldNoticeThatItsIdIsTaken() {
    // given
    var brokers = simulation.brokers(3);
    simulation.converge(5_000);

    // when
    Node twin = simulation.broker("twin");
    twin.run(gossip("broker-1", twin.address, simulation.contactPoints()));
    simulation.run(10_000);

    // then
    assertTrue(!brokers.get(1).conflicts.isEmpty() || !twin.conflicts.isEmpty());
  }

  @Test
  void shouldIgnoreOtherClusters() {
    // given
    var brokers = simulation.brokers(2);
    simulation.converge(5_000);
    var stranger =
        new Member("stranger", new Address("host", 99), 1, MemberStatus.ALIVE, new byte[0]);

    // when
    var outputs =
        brokers
            .get(0)
            .gossip
            .receive(
                simulation.nowMs,
                new Envelope(
                    "other",
                    "stranger",
                    stranger.address(),
                    List.of(stranger),
                    new GossipMessage.Ping(1)));

    // then
    assertEquals(List.of(), outputs);
    assertEquals(Set.of("broker-1"), brokers.get(0).present());
  }

  @Test
  void shouldLetGatewaysTakePartThatDoNotListen() {
    // given
    var brokers = simulation.brokers(3);
    Node first = simulation.gateway("gateway-0");
    Node second = simulation.gateway("gateway-1");

    // when
    simulation.converge(15_000);
    simulation.run(60_000);
    brokers.get(2).publish("I lead");
    long ms = simulation.runUntil(1_000, simulation::isConverged);

    // then
    assertTrue(ms >= 0 && ms <= simulation.maxDelayMs, "took " + ms);
    for (Node node : simulation.nodes.values()) assertEquals(List.of(), node.buried, node.id);

    // when
    first.crash();
    simulation.run(20_000);

    // then
    assertTrue(simulation.isConverged());
    assertEquals(Set.of("broker-0", "broker-1", "broker-2"), second.present());
  }
}
