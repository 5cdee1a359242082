package io.skep.domain.cluster.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.gossip.Simulation.Node;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Members and networks that fail, and come back.
class GossipFailuresTest {
  private final Simulation simulation = new Simulation(42);

  @Test
  void shouldFindOutAboutADeadMemberAndBlameNobodyElse() {
    // given
    var brokers = simulation.brokers(5);
    simulation.converge(5_000);
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
  void shouldObjectToBeingSuspected() {
    // given
    var brokers = simulation.brokers(4);
    simulation.converge(5_000);
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
    var brokers = simulation.brokers(5);
    simulation.converge(5_000);

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
    var brokers = simulation.brokers(5);
    simulation.converge(5_000);

    // when
    simulation.connected = (from, to) -> isLow(from) == isLow(to);
    simulation.run(60_000);

    // then
    assertEquals(Set.of("broker-1"), brokers.get(0).present());
    assertEquals(Set.of("broker-2", "broker-3"), brokers.get(4).present());

    // when
    simulation.connected = (_, _) -> true;

    // then
    simulation.converge(30_000);
  }

  @Test
  void shouldComeTogetherByContactPointsAfterEverybodyWasForgotten() {
    // given
    var brokers = simulation.brokers(5);
    simulation.converge(5_000);

    // when
    simulation.connected = (from, to) -> isLow(from) == isLow(to);
    simulation.run(GossipSettings.DEFAULT.forgetMs() + 60_000);
    assertEquals(1, brokers.get(0).gossip.others().size());
    simulation.connected = (_, _) -> true;

    // then
    simulation.converge(30_000);
  }

  private static boolean isLow(String id) {
    return id.equals("broker-0") || id.equals("broker-1");
  }

  @Test
  void shouldTakeAMemberThatComesBackElsewhere() {
    // given
    var brokers = simulation.brokers(4);
    simulation.converge(5_000);
    Address before = brokers.get(2).address;

    // when
    brokers.get(2).crash();
    simulation.run(500);
    brokers.get(2).start(simulation.contactPoints(), simulation.nowMs);

    // then
    simulation.converge(5_000);
    for (Member member : brokers.get(0).gossip.others())
      assertTrue(!before.equals(member.address()));
  }

  @Test
  void shouldTakeAMemberThatComesBackWithItsClockBehind() {
    // given
    var brokers = simulation.brokers(4);
    simulation.converge(5_000);
    for (int i = 0; i < 10; i++) {
      brokers.get(2).publish("change " + i);
      simulation.run(50);
    }

    // when
    brokers.get(2).crash();
    simulation.run(500);
    brokers.get(2).start(simulation.contactPoints(), 5);

    // then
    simulation.converge(5_000);
    assertEquals(List.of(), brokers.get(2).conflicts);
  }

  @Test
  void shouldComeBackAfterItWasTakenForDead() {
    // given
    var brokers = simulation.brokers(4);
    simulation.converge(5_000);

    // when
    brokers.get(1).paused = true;
    simulation.run(15_000);
    assertEquals("gone", brokers.get(0).profileOf("broker-1"));
    brokers.get(1).paused = false;

    // then
    simulation.converge(15_000);
    assertEquals(List.of(), brokers.get(1).buried, "its own pause is not the others' fault");
  }

  @Test
  void shouldForgetTheDead() {
    // given
    var brokers = simulation.brokers(4);
    simulation.converge(5_000);
    brokers.get(3).crash();

    // when
    simulation.run(GossipSettings.DEFAULT.forgetMs() + 30_000);

    // then
    for (int i = 0; i < 3; i++) assertEquals(2, brokers.get(i).gossip.others().size());
  }
}
