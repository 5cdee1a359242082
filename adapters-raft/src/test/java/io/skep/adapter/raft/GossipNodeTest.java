package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.gossip.Envelope;
import io.skep.domain.cluster.gossip.GossipMessage.Ping;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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

    // when: its thread cannot go on, and has taken the one that it is at
    var taken = new AtomicInteger();
    synchronized (membership) {
      RecordingReplica.await(
          "what may wait, and the one it is at",
          () -> {
            while (node.received(PING)) taken.incrementAndGet();
            return taken.get() > GossipNode.MOST_WAITING;
          });

      // then
      assertEquals(GossipNode.MOST_WAITING + 1, taken.get());
      assertFalse(node.received(PING));
    }

    // when, then
    RecordingReplica.await("room", () -> node.received(PING));
    node.stop();
  }
}
