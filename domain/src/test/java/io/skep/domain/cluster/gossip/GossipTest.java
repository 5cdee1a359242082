package io.skep.domain.cluster.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.gossip.Simulation.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GossipTest {
  private final Simulation simulation = new Simulation(42);

  private List<Node> brokers(int count) {
    var brokers = new ArrayList<Node>();
    for (int i = 0; i < count; i++) brokers.add(simulation.broker("broker-" + i));
    return brokers;
  }

  private void converge(long limitMs) {
    long ms = simulation.runUntil(limitMs, simulation::isConverged);
    assertTrue(ms >= 0, "not converged after " + limitMs + " ms");
  }

  @Test
  void shouldFindEverybodyByOneContactPoint() {
    // given
    brokers(5);

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
    converge(21_000);
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
    var brokers = brokers(7);
    converge(5_000);
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
    var brokers = brokers(3);
    converge(5_000);
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
    var brokers = brokers(7);
    converge(5_000);

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
  void shouldFindOutAboutADeadMemberAndBlameNobodyElse() {
    // given
    var brokers = brokers(5);
    converge(5_000);
    simulation.run(2_000);

    // when
    brokers.get(2).crash();
    long ms = simulation.runUntil(20_000, simulation::isConverged);

    // then
    assertTrue(ms >= 1_200 && ms < 4_500, "took " + ms);
    simulation.run(30_000);
    for (Node node : brokers)
      assertTrue(Set.of("broker-2").containsAll(node.buried), node.id + " buried " + node.buried);
  }

  @Test
  void shouldHearAGoodByeAtOnce() {
    // given
    var brokers = brokers(5);
    converge(5_000);

    // when
    brokers.get(1).leave();
    long ms = simulation.runUntil(1_000, simulation::isConverged);

    // then
    assertTrue(ms >= 0 && ms <= simulation.maxDelayMs, "took " + ms);
  }

  @Test
  void shouldObjectToBeingSuspected() {
    // given
    var brokers = brokers(4);
    converge(5_000);
    Node accused = brokers.get(1);

    // when: for a while nobody hears it, for less than what makes a suspect dead
    simulation.connected = (from, _) -> !from.equals(accused.id);
    simulation.run(1_100);
    simulation.connected = (_, _) -> true;
    simulation.run(10_000);

    // then
    assertTrue(simulation.isConverged());
    for (Node node : brokers) assertEquals(List.of(), node.buried, node.id);
  }

  @Test
  void shouldReachAMemberByHelpOfOthersWhenTheLinkBetweenTwoIsCut() {
    // given
    var brokers = brokers(5);
    converge(5_000);

    // when
    simulation.connected =
        (from, to) ->
            !Set.of("broker-1", "broker-3").equals(Set.of(from, to.equals(from) ? "itself" : to));
    simulation.run(60_000);
    brokers.get(1).publish("by way of others");
    // At the latest when the two next compare all that they know with others.
    long ms = simulation.runUntil(12_000, simulation::isConverged);

    // then
    for (Node node : brokers) assertEquals(List.of(), node.buried, node.id);
    assertTrue(ms >= 0, "the change should have come round");
  }

  @Test
  void shouldComeTogetherAfterTheNetworkWasSplit() {
    // given
    var brokers = brokers(5);
    converge(5_000);

    // when
    simulation.connected = (from, to) -> isLow(from) == isLow(to);
    simulation.run(60_000);

    // then
    assertEquals(Set.of("broker-1"), brokers.get(0).present());
    assertEquals(Set.of("broker-2", "broker-3"), brokers.get(4).present());

    // when
    simulation.connected = (_, _) -> true;

    // then
    converge(30_000);
  }

  @Test
  void shouldComeTogetherByContactPointsAfterEverybodyWasForgotten() {
    // given
    var brokers = brokers(5);
    converge(5_000);

    // when
    simulation.connected = (from, to) -> isLow(from) == isLow(to);
    simulation.run(GossipSettings.DEFAULT.forgetMs() + 60_000);
    assertEquals(1, brokers.get(0).gossip.others().size());
    simulation.connected = (_, _) -> true;

    // then
    converge(30_000);
  }

  private static boolean isLow(String id) {
    return id.equals("broker-0") || id.equals("broker-1");
  }

  @Test
  void shouldTakeAMemberThatComesBackElsewhere() {
    // given
    var brokers = brokers(4);
    converge(5_000);
    Address before = brokers.get(2).address;

    // when
    brokers.get(2).crash();
    simulation.run(500);
    brokers.get(2).start(simulation.contactPoints(), simulation.nowMs);

    // then
    converge(5_000);
    for (Member member : brokers.get(0).gossip.others())
      assertTrue(!before.equals(member.address()));
  }

  @Test
  void shouldTakeAMemberThatComesBackWithItsClockBehind() {
    // given
    var brokers = brokers(4);
    converge(5_000);
    for (int i = 0; i < 10; i++) {
      brokers.get(2).publish("change " + i);
      simulation.run(50);
    }

    // when
    brokers.get(2).crash();
    simulation.run(500);
    brokers.get(2).start(simulation.contactPoints(), 5);

    // then
    converge(5_000);
    assertEquals(List.of(), brokers.get(2).conflicts);
  }

  @Test
  void shouldComeBackAfterItWasTakenForDead() {
    // given
    var brokers = brokers(4);
    converge(5_000);

    // when
    brokers.get(1).paused = true;
    simulation.run(15_000);
    assertEquals("gone", brokers.get(0).profileOf("broker-1"));
    brokers.get(1).paused = false;

    // then
    converge(15_000);
    assertEquals(List.of(), brokers.get(1).buried, "its own pause is not the others' fault");
  }

  @Test
  void shouldNoticeThatItsIdIsTaken() {
    // given
    var brokers = brokers(3);
    converge(5_000);

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
    var brokers = brokers(2);
    converge(5_000);
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
    var brokers = brokers(3);
    Node first = simulation.gateway("gateway-0");
    Node second = simulation.gateway("gateway-1");

    // when
    converge(15_000);
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

  @Test
  void shouldForgetTheDead() {
    // given
    var brokers = brokers(4);
    converge(5_000);
    brokers.get(3).crash();

    // when
    simulation.run(GossipSettings.DEFAULT.forgetMs() + 30_000);

    // then
    for (int i = 0; i < 3; i++) assertEquals(2, brokers.get(i).gossip.others().size());
  }
}
