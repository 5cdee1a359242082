package io.skep.domain.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.Seeds;
import io.skep.domain.cluster.PartitionDistribution.Replica;
import io.skep.domain.cluster.PartitionDistribution.Replicas;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PartitionDistributionTest {
  private static final int TRIES = 1_000;

  /// A cluster of some size.
  private record Cluster(int size, int partitionCount, int replicationFactor) {
    static Cluster draw(SplittableRandom random) {
      int size = 1 + random.nextInt(12);
      return new Cluster(size, 1 + random.nextInt(60), 1 + random.nextInt(size));
    }

    PartitionDistribution distribution() {
      return PartitionDistribution.roundRobin(size, partitionCount, replicationFactor);
    }
  }

  @Test
  void shouldSpreadThreePartitionsOverThreeBrokers() {
    // when
    var distribution = PartitionDistribution.roundRobin(3, 3, 3);

    // then
    assertEquals(
        List.of(
            new Replicas(1, List.of(new Replica(0, 3), new Replica(1, 2), new Replica(2, 1))),
            new Replicas(2, List.of(new Replica(1, 3), new Replica(2, 2), new Replica(0, 1))),
            new Replicas(3, List.of(new Replica(2, 3), new Replica(0, 2), new Replica(1, 1)))),
        distribution.partitions());
  }

  @Test
  void shouldTurnTheFollowersRoundInTheSecondRound() {
    // when
    var fourth = PartitionDistribution.roundRobin(3, 4, 3).partitions().get(3);

    // then
    assertEquals(
        new Replicas(4, List.of(new Replica(0, 3), new Replica(1, 1), new Replica(2, 2))), fourth);
  }

  @Test
  void shouldHoldEveryReplicaOnABrokerOfItsOwn() {
    Seeds.of(
        TRIES,
        random -> {
          // given
          Cluster cluster = Cluster.draw(random);

          // when
          var distribution = cluster.distribution();

          // then
          assertEquals(cluster.partitionCount, distribution.partitions().size());
          for (Replicas partition : distribution.partitions()) check(partition, cluster);
        });
  }

  private static void check(Replicas partition, Cluster cluster) {
    var members = partition.members();
    int factor = cluster.replicationFactor;
    assertEquals(factor, members.size());
    assertEquals(factor, members.stream().map(Replica::nodeId).distinct().count());
    assertTrue(members.stream().allMatch(m -> m.nodeId() >= 0 && m.nodeId() < cluster.size));
    // Every priority from 1 to the replication factor is given once, so that there is always a
    // next one.
    assertEquals(factor * (factor + 1) / 2, members.stream().mapToInt(Replica::priority).sum());
    assertEquals(factor, members.stream().map(Replica::priority).distinct().count());
  }

  @Test
  void shouldSpreadLeadersEvenly() {
    Seeds.of(
        TRIES,
        random -> {
          // given
          Cluster cluster = Cluster.draw(random);

          // when
          var led = new TreeMap<Integer, Integer>();
          for (int node = 0; node < cluster.size; node++) led.put(node, 0);
          for (Replicas partition : cluster.distribution().partitions())
            led.merge(firstChoice(partition), 1, Integer::sum);

          // then
          int most = led.values().stream().max(Comparator.naturalOrder()).orElseThrow();
          int fewest = led.values().stream().min(Comparator.naturalOrder()).orElseThrow();
          assertTrue(most - fewest <= 1, () -> "leaders per broker: " + led);
        });
  }

  private static Replicas on(int partitionId, int... nodeIds) {
    var members = Arrays.stream(nodeIds).mapToObj(nodeId -> new Replica(nodeId, 1)).toList();
    return new Replicas(partitionId, members);
  }

  @Test
  void shouldTakeADistributionThatSomebodyHasThoughtOf() {
    // when
    var distribution = PartitionDistribution.fixed(List.of(on(2, 0, 2), on(1, 1, 2)), 3, 2, 2);

    // then
    assertEquals(List.of(on(1, 1, 2), on(2, 0, 2)), distribution.partitions());
    assertEquals(List.of(on(1, 1, 2), on(2, 0, 2)), distribution.of(2));
  }

  @Test
  void shouldRefuseWhatIsNoDistribution() {
    assertRefused("partition 2 is not there", on(1, 0, 1));
    assertRefused("there is a partition 3", on(1, 0, 1), on(3, 0, 1));
    assertRefused("partition 1 is there twice", on(1, 0, 1), on(1, 0, 2), on(2, 0, 1));
    assertRefused("it is on [0, 3]", on(1, 0, 3), on(2, 0, 1));
    assertRefused("it is on [0, 0]", on(1, 0, 0), on(2, 0, 1));
    assertRefused("it is on [0]", on(1, 0), on(2, 0, 1));
  }

  private static void assertRefused(String why, Replicas... partitions) {
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> PartitionDistribution.fixed(List.of(partitions), 3, 2, 2));
    assertTrue(refusal.getMessage().endsWith(why), refusal::getMessage);
  }

  @Test
  void shouldTellWhatABrokerHolds() {
    Seeds.of(
        TRIES,
        random -> {
          // given
          Cluster cluster = Cluster.draw(random);
          var distribution = cluster.distribution();

          // when
          int held = 0;
          for (int node = 0; node < cluster.size; node++) held += distribution.of(node).size();

          // then
          assertEquals(cluster.partitionCount * cluster.replicationFactor, held);
        });
  }

  @Test
  void shouldRefuseMoreReplicasThanBrokers() {
    assertThrows(IllegalArgumentException.class, () -> PartitionDistribution.roundRobin(2, 1, 3));
    assertThrows(IllegalArgumentException.class, () -> PartitionDistribution.roundRobin(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> PartitionDistribution.roundRobin(1, 0, 1));
  }

  private static int firstChoice(Replicas partition) {
    return partition.members().stream()
        .max(Comparator.comparingInt(Replica::priority))
        .orElseThrow()
        .nodeId();
  }
}
