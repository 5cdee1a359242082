package io.skep.domain.cluster;

import static io.skep.domain.cluster.PartitionRole.FOLLOWER;
import static io.skep.domain.cluster.PartitionRole.INACTIVE;
import static io.skep.domain.cluster.PartitionRole.LEADER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyTest {

  @Test
  void shouldBelieveTheLeaderOfTheHighestTerm() {
    // given
    var old = broker(0, new PartitionState(1, LEADER, 4, true));
    var current = broker(1, new PartitionState(1, LEADER, 5, true));
    var follower = broker(2, new PartitionState(1, FOLLOWER, 6, true));

    // when
    var topology = new Topology(List.of(old, current, follower), 3, 1, 3);

    // then
    assertEquals(current, topology.leaderOf(1));
    assertEquals(5, topology.leadershipOf(1).term());
  }

  @Test
  void shouldKnowNoLeaderWhereNoneIsReported() {
    // given
    var topology =
        new Topology(List.of(broker(0, new PartitionState(1, FOLLOWER, 4, true))), 1, 2, 1);

    // then
    assertNull(topology.leaderOf(1));
    assertNull(topology.leaderOf(2));
    assertNull(Topology.unknown().leadershipOf(1));
  }

  @Test
  void shouldTellALeadApartFromTheNextOfTheSameBroker() {
    // given
    var before = new Topology.Leadership(broker(0, new PartitionState(1, LEADER, 4, true)), 4);

    // then
    assertTrue(
        before.isSameAs(
            new Topology.Leadership(broker(0, new PartitionState(1, LEADER, 4, false)), 4)));
    assertFalse(before.isSameAs(new Topology.Leadership(before.leader(), 5)));
    assertFalse(before.isSameAs(new Topology.Leadership(broker(1), 4)));
    assertFalse(before.isSameAs(null));
    assertFalse(Topology.Leadership.areSame(null, before));
    assertTrue(Topology.Leadership.areSame(null, null));
  }

  @Test
  void shouldGiveUpALeaderThatIsGoneOrReplacedWithoutKnowing() {
    // given
    var asked = new Topology.Leadership(broker(0, state(LEADER, 4)), 4);

    // then: gone, restarted, replaced
    assertTrue(Topology.unknown().hasLost(1, asked));
    assertTrue(of(broker(0), broker(1, state(LEADER, 5))).hasLost(1, asked));
    assertTrue(of(broker(0, state(INACTIVE, 4)), broker(1, state(LEADER, 5))).hasLost(1, asked));
    // It knows and will answer.
    assertFalse(of(broker(0, state(FOLLOWER, 4)), broker(1, state(LEADER, 5))).hasLost(1, asked));
    // Nobody else, an older one, itself once more.
    assertFalse(of(broker(0, state(INACTIVE, 4))).hasLost(1, asked));
    assertFalse(of(broker(0, state(INACTIVE, 4)), broker(1, state(LEADER, 3))).hasLost(1, asked));
    assertFalse(of(broker(0, state(LEADER, 6))).hasLost(1, asked));
  }

  private static Topology of(Broker... brokers) {
    return new Topology(List.of(brokers), 3, 1, 3);
  }

  private static PartitionState state(PartitionRole role, long term) {
    return new PartitionState(1, role, term, true);
  }

  private static Broker broker(int nodeId, PartitionState... partitions) {
    return new Broker(nodeId, new Address("localhost", 26501), "0.1.0", List.of(partitions));
  }
}
