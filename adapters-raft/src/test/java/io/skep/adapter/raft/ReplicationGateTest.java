package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.Cluster.Broker;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A follower whose disk is full.
class ReplicationGateTest {
  @TempDir Path directory;
  private Cluster cluster;

  @AfterEach
  void close() {
    cluster.close();
  }

  private void start(long entriesBetweenSnapshots) {
    cluster = new Cluster(directory, 3, 1);
    cluster.entriesBetweenSnapshots = entriesBetweenSnapshots;
    IntStream.range(0, 3).parallel().forEach(cluster::start);
    RecordingReplica.await("broker 0 to lead", () -> cluster.broker(0).leads(1));
    cluster.commit("first");
    for (int nodeId = 0; nodeId < 3; nodeId++) awaitSize(cluster.broker(nodeId), 1);
  }

  private static void awaitSize(Broker broker, int size) {
    RecordingReplica.await(
        "broker %d to hold %d entries".formatted(broker.nodeId, size),
        () -> broker.replica().state.size() >= size);
  }

  @Test
  void shouldTakeNothingUntilThereIsRoomAndLeaveTheOthersInPeace() {
    // given
    start(Long.MAX_VALUE);
    Broker full = cluster.broker(2);
    long term = cluster.broker(0).log().progress().term();

    // when
    full.room.isEnough = false;
    for (int i = 0; i < 50; i++) cluster.broker(0).commit("entry-" + i);
    // Several times as long as it takes to stand for election.
    RecordingReplica.pause(2_000);

    // then
    assertEquals(List.of("first"), List.copyOf(full.replica().state));
    assertEquals(term, cluster.broker(0).log().progress().term());
    assertTrue(cluster.broker(0).leads(1));
    assertEquals(0, full.log().leader(), "it still hears the leader");

    // when
    full.room.isEnough = true;

    // then
    awaitSize(full, 51);
    assertEquals(List.copyOf(cluster.broker(0).replica().state), List.copyOf(full.replica().state));
    assertEquals(term, cluster.broker(0).log().progress().term());
  }

  @Test
  void shouldTakeNoSnapshotUntilThereIsRoom() {
    // given
    start(40);
    Broker full = cluster.broker(2);
    full.room.isEnough = false;
    var filler = "x".repeat(20_000);
    for (int i = 0; i < 160; i++) cluster.broker(0).commit(i + filler);
    RecordingReplica.await(
        "a snapshot", () -> cluster.broker(0).log().progress().snapshotIndex() > 90);

    // when
    RecordingReplica.pause(1_000);

    // then
    assertEquals(0, full.replica().restores.get());
    assertEquals(1, full.replica().state.size());

    // when
    full.room.isEnough = true;

    // then
    awaitSize(full, 161);
    assertEquals(List.copyOf(cluster.broker(0).replica().state), List.copyOf(full.replica().state));
  }
}
