package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nobody hears of a term or vote that the disk may forget.
class PromisesTest {
  /// Several times as long as it takes to elect a leader.
  private static final long LONG_MS = 3_000;

  @TempDir Path directory;
  private Cluster cluster;

  /// What each broker's disk was asked to keep: the term and vote in the directory.
  private final Map<Integer, Queue<String>> kept = new ConcurrentHashMap<>();

  @BeforeEach
  void create() {
    cluster = new Cluster(directory, 3, 1);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void start() {
    IntStream.range(0, 3).parallel().forEach(cluster::start);
  }

  private void keep(int nodeId, Path synced) throws IOException {
    List<String> lines = Files.readAllLines(synced.resolve("raft-meta"));
    kept.computeIfAbsent(nodeId, _ -> new ConcurrentLinkedQueue<>())
        .add(String.join(" ", lines.stream().filter(line -> !line.startsWith("#")).toList()));
    Disk.REAL.syncDirectory(synced);
  }

  @Test
  void shouldHaveTheDiskKeepEachTermOnce() {
    // given
    cluster.sync = nodeId -> synced -> keep(nodeId, synced);

    // when
    start();
    cluster.commit("first");
    long term = cluster.leader(1).log().progress().term();
    for (int i = 0; i < 100; i++) cluster.commit("entry-" + i);

    // then
    assertEquals(term, cluster.leader(1).log().progress().term());
    for (int nodeId = 0; nodeId < 3; nodeId++) {
      assertNotNull(kept.get(nodeId), "a broker has promised nothing, or kept nothing");
      var last = kept.get(nodeId).toArray(String[]::new)[kept.get(nodeId).size() - 1];
      assertTrue(last.contains("term=" + term), last);
      // One for each promise, or two if two messages told of it at a time.
      assertTrue(kept.get(nodeId).size() < 10, () -> kept.toString());
    }
  }

  @Test
  void shouldNotAnswerForAVoteBeforeTheDiskKeepsIt() {
    // given: disks of two of three that take their time
    var ready = new CountDownLatch(1);
    var asked = new CountDownLatch(1);
    cluster.sync =
        nodeId ->
            nodeId == 0
                ? Disk.REAL::syncDirectory
                : synced -> {
                  asked.countDown();
                  await(ready);
                  keep(nodeId, synced);
                };

    // when
    start();
    await(asked);
    RecordingReplica.pause(LONG_MS);

    // then
    for (int nodeId = 0; nodeId < 3; nodeId++) assertFalse(cluster.broker(nodeId).leads(1));

    // when
    ready.countDown();

    // then
    cluster.commit("entry");
    assertFalse(kept.isEmpty());
  }

  @Test
  void shouldNotAskForVotesBeforeTheDiskKeepsItsOwn() {
    // given two of three brokers, which need each other, and one whose disk takes its time. It
    // would get the other's vote at once
    var ready = new CountDownLatch(1);
    cluster.sync =
        nodeId ->
            synced -> {
              if (nodeId == 0) await(ready);
              keep(nodeId, synced);
            };

    // when
    IntStream.range(0, 2).parallel().forEach(cluster::start);
    RecordingReplica.pause(LONG_MS);

    // then
    for (int nodeId = 0; nodeId < 2; nodeId++) assertFalse(cluster.broker(nodeId).leads(1));

    // when
    ready.countDown();

    // then
    cluster.commit("entry");
  }

  @Test
  void shouldStopWhenTheDiskDoesNotKeepWhatItPromises() {
    // given
    cluster.sync =
        nodeId ->
            nodeId == 0
                ? _ -> {
                  throw new IOException("the disk is broken");
                }
                : synced -> keep(nodeId, synced);

    // when
    start();
    cluster.commit("entry");

    // then
    RecordingReplica.await("it to stop", () -> cluster.broker(0).replica().failure != null);
    assertFalse(cluster.broker(0).leads(1));
    assertEquals(-1, cluster.broker(0).log().leader());
  }

  /// Ratis interrupts a candidate's requests for votes when the election is over.
  @Test
  void shouldNotTakeAnInterruptForABrokenDisk() {
    // given
    var interrupted = ConcurrentHashMap.<Integer>newKeySet();
    cluster.sync =
        nodeId ->
            synced -> {
              if (interrupted.add(nodeId)) Thread.currentThread().interrupt();
              keep(nodeId, synced);
            };

    // when
    start();
    cluster.commit("entry");

    // then
    assertEquals(3, interrupted.size());
    for (int nodeId = 0; nodeId < 3; nodeId++) {
      assertNull(cluster.broker(nodeId).replica().failure);
      assertNotNull(kept.get(nodeId), "a broker has kept nothing");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
