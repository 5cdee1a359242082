package io.skep.domain.cluster.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.Seeds;
import io.skep.domain.cluster.gossip.Simulation.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GossipSimulationTest {
  private static final int SEEDS = Integer.getInteger("seeds", 100);

  @Test
  void shouldAgreeAgainWhateverHappened() {
    Seeds.of(SEEDS, GossipSimulationTest::disturbAndWait);
  }

  private static void disturbAndWait(SplittableRandom random) {
    // given
    var simulation = new Simulation(random.nextLong());
    int brokers = 2 + random.nextInt(6);
    for (int b = 0; b < brokers; b++) simulation.broker("broker-" + b);
    for (int g = 0; g < random.nextInt(3); g++) simulation.gateway("gateway-" + g);
    simulation.loss = random.nextInt(3) * 0.1;
    simulation.maxDelayMs = 1 + random.nextInt(100);

    // when
    for (int event = 0; event < 30; event++) {
      disturb(simulation, random, event);
      simulation.run(random.nextInt(3_000));
    }
    simulation.connected = (_, _) -> true;
    simulation.loss = 0;
    for (Node node : simulation.nodes.values()) {
      node.paused = false;
      if (!node.up && random.nextBoolean()) restart(simulation, node);
    }

    // then
    long ms = simulation.runUntil(90_000, 100, simulation::isConverged);
    assertTrue(ms >= 0, () -> "never agreed\n" + describe(simulation));
  }

  private static void disturb(Simulation simulation, SplittableRandom random, int event) {
    var nodes = List.copyOf(simulation.nodes.values());
    Node node = nodes.get(random.nextInt(nodes.size()));
    switch (random.nextInt(8)) {
      case 0 -> {
        // The first is everybody's contact point: without it nobody who starts finds the others.
        if (node != nodes.getFirst()) node.crash();
      }
      case 1 -> {
        if (!node.up) restart(simulation, node);
      }
      case 2 -> {
        if (node.up && node != nodes.getFirst()) node.leave();
      }
      case 3 -> node.paused = !node.paused;
      case 4 -> split(simulation, random);
      case 5 -> simulation.connected = (_, _) -> true;
      default -> {
        if (node.up && !node.paused) node.publish(node.id + " says " + event);
      }
    }
  }

  private static void restart(Simulation simulation, Node node) {
    node.start(simulation.contactPoints(), simulation.nowMs);
  }

  private static void split(Simulation simulation, SplittableRandom random) {
    var side = new HashSet<String>();
    for (String id : simulation.nodes.keySet()) if (random.nextBoolean()) side.add(id);
    simulation.connected = (from, to) -> side.contains(from) == side.contains(to);
  }

  private static String describe(Simulation simulation) {
    var text = new StringBuilder();
    for (Node node : simulation.nodes.values()) {
      text.append(node.id).append(node.up ? " up " : " down ").append(node.address).append('\n');
      if (!node.up) continue;
      for (Member member : node.gossip.others()) {
        text.append("  ")
            .append(member.id())
            .append(' ')
            .append(member.status())
            .append(' ')
            .append(member.incarnation())
            .append(' ')
            .append(member.address())
            .append('\n');
      }
    }
    return text.toString();
  }

  @Test
  void shouldBuryNobodyAliveThoughMessagesGetLostAndDelayed() {
    for (long seed = 0; seed < 5; seed++) {
      // given
      var simulation = new Simulation(seed);
      for (int i = 0; i < 30; i++) simulation.broker("broker-" + i);
      simulation.runUntil(10_000, 100, simulation::isConverged);

      // when
      simulation.loss = 0.05;
      simulation.maxDelayMs = 50;
      simulation.run(60_000);

      // then
      for (Node node : simulation.nodes.values())
        assertEquals(List.of(), node.buried, "seed " + seed);
      simulation.loss = 0;
      assertTrue(simulation.runUntil(30_000, 100, simulation::isConverged) >= 0);
    }
  }

  @Test
  void shouldKeepTrafficBoundedWithHundredsOfMembers() {
    // given
    var simulation = new Simulation(1);
    int count = 150;
    for (int i = 0; i < count; i++) simulation.broker("broker-" + i);
    long joinMs = simulation.runUntil(60_000, 100, simulation::isConverged);
    simulation.run(15_000);
    simulation.messages = 0;
    simulation.bytes = 0;

    // when
    simulation.run(20_000);

    // then
    assertTrue(joinMs >= 0 && joinMs < 20_000, "joined after " + joinMs);
    double messagesPerSecond = simulation.messages / 20.0 / count;
    double bytesPerSecond = simulation.bytes / 20.0 / count;
    assertTrue(messagesPerSecond < 8, "messages of a member in a second: " + messagesPerSecond);
    assertTrue(bytesPerSecond < 5_000, "bytes of a member in a second: " + bytesPerSecond);

    // when
    var buried = new ArrayList<String>();
    simulation.nodes.get("broker-77").crash();
    long ms = simulation.runUntil(60_000, 100, simulation::isConverged);

    // then
    assertTrue(ms >= 0 && ms < 15_000, "took " + ms);
    for (Node node : simulation.nodes.values()) buried.addAll(node.buried);
    assertTrue(buried.stream().allMatch("broker-77"::equals), buried.toString());
  }
}
