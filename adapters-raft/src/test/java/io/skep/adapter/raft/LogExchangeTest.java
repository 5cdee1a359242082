package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.Cluster.Broker;
import io.skep.adapter.raft.Cluster.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Logs that are written by Ratis and without it in turns.
class LogExchangeTest {
  @TempDir Path directory;

  private Cluster cluster(Kind kind) {
    var cluster = new Cluster(directory, 1, 1);
    cluster.name = "exchange";
    cluster.kind = kind;
    return cluster;
  }

  @ParameterizedTest
  @EnumSource
  void shouldGoOnWithWhatTheOtherHasWritten(Kind first) {
    Kind second = first == Kind.RATIS ? Kind.SINGLE_REPLICA : Kind.RATIS;
    var expected = new ArrayList<String>();
    long term = 0;
    for (Kind kind : List.of(first, second, first, second)) {
      try (var cluster = cluster(kind)) {
        // when
        cluster.start(0);
        Broker broker = cluster.leader(1);

        // then
        assertEquals(expected, broker.replica().state);
        assertTrue(broker.replica().terms.getFirst() > term);
        term = broker.replica().terms.getFirst();

        // when
        for (int i = 0; i < 30; i++) {
          String text = kind + "-" + i + "x".repeat(i * 3_000);
          broker.commit(text);
          expected.add(text);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGoOnFromTheOthersSnapshot(Kind first) {
    // given
    Kind second = first == Kind.RATIS ? Kind.SINGLE_REPLICA : Kind.RATIS;
    List<String> before;
    try (var cluster = cluster(first)) {
      cluster.entriesBetweenSnapshots = 50;
      cluster.start(0);
      Broker broker = cluster.leader(1);
      for (int round = 0; round < 3; round++) {
        long snapshot = broker.log().progress().snapshotIndex();
        for (int i = 0; i < 60; i++) broker.commit(round + "-" + i + "x".repeat(10_000));
        RecordingReplica.await(
            "a snapshot", () -> broker.log().progress().snapshotIndex() > snapshot);
      }
      broker.commit("last");
      before = List.copyOf(broker.replica().state);
    }

    try (var cluster = cluster(second)) {
      // when
      cluster.start(0);
      Broker broker = cluster.leader(1);

      // then
      assertEquals(before, broker.replica().state);
      assertEquals(1, broker.replica().restores.get());
      broker.commit("more");
    }
  }

  @Test
  void shouldWriteEntriesOfAnySize() {
    // given
    var texts = new ArrayList<String>();
    for (int size : new int[] {1, 127, 128, 16_383, 16_384, 262_100, 262_144, 300_000, 899_999}) {
      for (int beside = 0; beside < 3; beside++) {
        String letter = Character.toString('a' + beside);
        texts.add(letter.repeat(Math.max(1, size + beside - 1)));
      }
    }
    try (var cluster = cluster(Kind.SINGLE_REPLICA)) {
      cluster.start(0);
      Broker broker = cluster.leader(1);
      texts.forEach(broker::commit);
    }

    for (Kind kind : Kind.values()) {
      try (var cluster = cluster(kind)) {
        // when
        cluster.start(0);

        // then
        assertEquals(texts, cluster.leader(1).replica().state);
      }
    }
  }
}
