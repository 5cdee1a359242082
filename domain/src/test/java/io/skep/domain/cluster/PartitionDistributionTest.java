package io.skep.domain.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.PartitionDistribution.Replica;
import io.skep.domain.cluster.PartitionDistribution.Replicas;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PartitionDistributionTest {

  @Example
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

  @Example
  void shouldTurnTheFollowersRoundInTheSecondRound() {
    // when
    var fourth = PartitionDistribution.roundRobin(3, 4, 3).partitions().get(3);

    // then
    assertEquals(
        new Replicas(4, List.of(new Replica(0, 3), new Replica(1, 1), new Replica(2, 2))), fourth);
  }

  @Property
  void shouldHoldEveryReplicaOnABrokerOfItsOwn(
      @ForAll @IntRange(min = 1, max = 12) int clusterSize,
      @ForAll @IntRange(min = 1, max = 60) int partitionCount,
      @ForAll @IntRange(min = 1, max = 12) int wanted) {
    // given
    int replicationFactor = Math.min(wanted, clusterSize);

    // when
    var distribution =
        PartitionDistribution.roundRobin(clusterSize, partitionCount, replicationFactor);

    // then
    assertEquals(partitionCount, distribution.partitions().size());
    for (Replicas partition : distribution.partitions()) {
      var members = partition.members();
      assertEquals(replicationFactor, members.size());
      assertEquals(replicationFactor, members.stream().map(Replica::nodeId).distinct().count());
      assertTrue(members.stream().allMatch(m -> m.nodeId() >= 0 && m.nodeId() < clusterSize));
      // Every priority from 1 to the replication factor is given once, so that there is always a
      // next one.
      assertEquals(
          replicationFactor * (replicationFactor + 1) / 2,
          members.stream().mapToInt(Replica::priority).sum());
      assertEquals(replicationFactor, members.stream().map(Replica::priority).distinct().count());
    }
  }

  @Property
  void shouldSpreadLeadersEvenly(
      @ForAll @IntRange(min = 1, max = 12) int clusterSize,
      @ForAll @IntRange(min = 1, max = 60) int partitionCount,
      @ForAll @IntRange(min = 1, max = 12) int wanted) {
    // when
    var distribution =
        PartitionDistribution.roundRobin(
            clusterSize, partitionCount, Math.min(wanted, clusterSize));

    // then
    var led = new TreeMap<Integer, Integer>();
    for (int node = 0; node < clusterSize; node++) led.put(node, 0);
    for (Replicas partition : distribution.partitions())
      led.merge(firstChoice(partition), 1, Integer::sum);
    int most = led.values().stream().max(Comparator.naturalOrder()).orElseThrow();
    int fewest = led.values().stream().min(Comparator.naturalOrder()).orElseThrow();
    assertTrue(most - fewest <= 1, () -> "leaders per broker: " + led);
  }

  @Property
  void shouldTellWhatABrokerHolds(
      @ForAll @IntRange(min = 1, max = 8) int clusterSize,
      @ForAll @IntRange(min = 1, max = 30) int partitionCount,
      @ForAll @IntRange(min = 1, max = 8) int wanted) {
    // given
    int replicationFactor = Math.min(wanted, clusterSize);
    var distribution =
        PartitionDistribution.roundRobin(clusterSize, partitionCount, replicationFactor);

    // when
    int held = 0;
    for (int node = 0; node < clusterSize; node++) held += distribution.of(node).size();

    // then
    assertEquals(partitionCount * replicationFactor, held);
  }

  @Example
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
