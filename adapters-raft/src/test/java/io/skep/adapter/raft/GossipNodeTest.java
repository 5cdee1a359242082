package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.gossip.Envelope;
import io.skep.domain.cluster.gossip.GossipMessage.Ping;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GossipNodeTest {
  private static final Envelope PING =
      new Envelope("test", "broker/1", new Address("127.0.0.1", 1), List.of(), new Ping(1));

  @TempDir Path directory;

  @Test
  void shouldLeaveOutWhatIsTooMuchToWait() {
    // given
    var settings = new Cluster(directory, 2, 1).settings(0);
    var membership = new ClusterMembership(ClusterMembership.profile(settings));
    var node = new GossipNode("test", List.of(), null, membership);

    // when: its thread cannot go on
    int taken = 0;
    synchronized (membership) {
      while (taken < 10 * GossipNode.MOST_WAITING && node.received(PING)) taken++;

      // then: what waits and the one that it is at
      assertTrue(taken >= GossipNode.MOST_WAITING, () -> "too few");
      assertTrue(taken <= GossipNode.MOST_WAITING + 1, () -> "too many");
      assertFalse(node.received(PING));
    }

    // when, then
    RecordingReplica.await("room", () -> node.received(PING));
    node.stop();
  }
}
