package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What followers do when they are told that the leader's process has ended.
@Timeout(60)
class SuccessionTest {
  /// So long that it can be told apart from what happens without it. Leaders speak twice in it.
  private static final Duration ELECTION_TIMEOUT = Duration.ofSeconds(2);

  @TempDir Path directory;
  private Cluster cluster;

  @BeforeEach
  void start() {
    cluster = new Cluster(directory, 3, 1);
    cluster.electionTimeout = ELECTION_TIMEOUT;
    for (int i = 0; i < 3; i++) cluster.start(i);
    // Where the lead belongs, so that it stays there.
    RecordingReplica.await("the first broker to lead", () -> cluster.broker(0).leads(1));
    cluster.broker(0).commit("before");
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void shouldHaveTheNextInLineElectedWithoutATimeOut() throws IOException {
    // given
    long since = System.nanoTime();
    cluster.broker(0).api.running().server().close();

    // when
    tell(1, 0, 1, 2);
    tell(2, 0, 1, 2);
    RecordingReplica.await("the next in line to lead", () -> cluster.broker(1).leads(1));

    // then
    long tookMs = (System.nanoTime() - since) / 1_000_000;
    assertTrue(tookMs < ELECTION_TIMEOUT.toMillis(), "took " + tookMs);
    cluster.broker(1).commit("after");
  }

  @Test
  void shouldFollowALeaderThatGoesOn() throws InterruptedException {
    // given
    long term = cluster.broker(0).log().progress().term();

    // when: that is wrong, or of another follower
    tell(1, 0, 1, 2);
    tell(2, 0, 1, 2);
    tell(2, 1, 0, 2);
    for (int i = 0; i < 40; i++) {
      cluster.broker(0).commit("entry " + i);
      Thread.sleep(50);
    }

    // then
    assertEquals(term, cluster.broker(0).log().progress().term());
  }

  private void tell(int nodeId, int vanished, Integer... present) {
    ((RatisPartitionLog) cluster.broker(nodeId).log()).vanished(vanished, List.of(present));
  }
}
