package io.skep.domain.cluster.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.gossip.Simulation.Node;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What members make of connections that break.
class DisconnectionTest {
  private final Simulation simulation = new Simulation(42);
  private List<Node> brokers;

  @BeforeEach
  void start() {
    brokers = simulation.brokers(3);
    simulation.converge(5_000);
    // Until everybody has been heard by everybody.
    simulation.run(5_000);
  }

  private boolean hasVanishedFor(Node gone, Node... others) {
    for (Node other : others) if (!other.vanished.contains(gone.id)) return false;
    return true;
  }

  @Test
  void shouldNoticeTheEndOfAProcessByItsConnections() {
    // when
    brokers.get(0).kill();
    long ms =
        simulation.runUntil(
            1_000, () -> hasVanishedFor(brokers.get(0), brokers.get(1), brokers.get(2)));

    // then
    assertTrue(ms >= 0 && ms <= 110, "took " + ms);
    assertEquals(List.of("broker-0"), brokers.get(1).vanished);

    // when
    long buriedMs = simulation.runUntil(5_000, simulation::isConverged);

    // then: sooner than by silence
    assertTrue(buriedMs >= 0 && buriedMs <= 1_250, "took " + buriedMs);
  }

  @Test
  void shouldNoticeItThoughARefusalTakesItsTime() {
    // given
    brokers.get(0).crash();
    simulation.disconnect(brokers.get(1), brokers.get(0).address);
    simulation.run(250);

    // when
    simulation.disconnect(brokers.get(1), brokers.get(0).address);
    simulation.run(5);

    // then
    assertEquals(List.of("broker-0"), brokers.get(1).vanished);
  }

  @Test
  void shouldSayNothingOfAMachineThatFellSilent() {
    // when
    brokers.get(0).crash();
    simulation.run(10_000);

    // then
    assertEquals(List.of(), brokers.get(1).vanished);
    assertEquals(List.of("broker-0"), brokers.get(1).buried);
  }

  @Test
  void shouldNotMindAConnectionThatBreaksOnce() {
    // when
    simulation.disconnect(brokers.get(1), brokers.get(0).address);
    simulation.run(1_000);

    // then
    assertEquals(List.of(), brokers.get(1).vanished);
  }

  @Test
  void shouldBelieveOthersWhoStillReachIt() {
    // given: between the two there is no way any more, and their machines say so
    simulation.connected = (from, to) -> !(from + to).matches("broker-[01]broker-[01]");

    // when
    for (int i = 0; i < 3; i++) simulation.disconnect(brokers.get(1), brokers.get(0).address);
    simulation.run(1_000);

    // then
    assertEquals(List.of(), brokers.get(1).vanished);
  }

  @Test
  void shouldNotSayAgainWhatItHasNotHeardOfSince() {
    // given
    brokers.get(0).kill();
    simulation.run(500);

    // when
    for (int i = 0; i < 5; i++) {
      simulation.disconnect(brokers.get(1), brokers.get(0).address);
      simulation.run(200);
    }

    // then
    assertEquals(List.of("broker-0"), brokers.get(1).vanished);

    // when: it comes back, and ends again
    brokers.get(0).start(List.of(brokers.get(1).address), simulation.nowMs);
    simulation.converge(5_000);
    simulation.run(5_000);
    brokers.get(0).kill();
    simulation.run(500);

    // then
    assertEquals(List.of("broker-0", "broker-0"), brokers.get(1).vanished);
  }

  @Test
  void shouldNotNoticeAnythingWhileItIsAwayItself() {
    // given
    simulation.disconnect(brokers.get(1), brokers.get(0).address);
    simulation.disconnect(brokers.get(1), brokers.get(0).address);
    simulation.run(1);

    // when: what has answered meanwhile waits in its socket
    brokers.get(1).paused = true;
    simulation.run(3_000);
    brokers.get(1).paused = false;
    simulation.run(3_000);

    // then
    assertEquals(List.of(), brokers.get(1).vanished);
  }
}
