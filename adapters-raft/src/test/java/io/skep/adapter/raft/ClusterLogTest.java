package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.Cluster.Broker;
import io.skep.adapter.raft.RecordingReplica.Outcome;
import io.skep.port.out.PartitionLog.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterLogTest {
  @TempDir Path directory;
  private Cluster cluster;

  @BeforeEach
  void create() {
    cluster = new Cluster(directory, 3, 1);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void startAll() {
    IntStream.range(0, 3).parallel().forEach(cluster::start);
  }

  /// The lead may move meanwhile: it is not known beforehand who has all, and what was committed
  /// just then may be there twice.
  private void awaitEqualStates() {
    RecordingReplica.await(
        "all brokers to hold the same",
        () -> {
          List<String> expected = leadersState();
          return IntStream.range(0, 3)
              .mapToObj(cluster::broker)
              .filter(Objects::nonNull)
              .allMatch(broker -> List.copyOf(broker.replica().state).equals(expected));
        });
    assertEquals(cluster.committed, leadersState().stream().distinct().toList());
  }

  private List<String> leadersState() {
    return List.copyOf(cluster.leader(1).replica().state);
  }

  @Test
  void shouldReplicateInOrderAndTellTheLeaderToAll() {
    // given
    startAll();

    // when
    for (int i = 0; i < 50; i++) cluster.commit("entry-" + i);
    RecordingReplica.await("broker 0 to lead", () -> cluster.broker(0).leads(1));
    Broker leader = cluster.leader(1);

    // then
    awaitEqualStates();
    for (int i = 0; i < 3; i++) {
      var log = cluster.broker(i).log();
      RecordingReplica.await(
          "broker %d to know leader and term".formatted(i),
          () ->
              log.leader() == leader.nodeId
                  && log.progress().term() == leader.replica().terms.getLast());
    }
  }

  @Test
  void shouldRefuseProposalsOnAFollower() {
    // given
    startAll();
    RecordingReplica.await("broker 0 to lead", () -> cluster.broker(0).leads(1));
    Broker follower = cluster.broker(1);

    // when
    Outcome outcome = follower.propose("not here");

    // then
    assertEquals(Failure.REFUSED, outcome.failure);
  }

  @Test
  void shouldGiveTheLeadToTheBrokerWithTheHighestPriority() {
    // given
    startAll();
    cluster.commit("before");

    // when
    RecordingReplica.await("broker 0 to lead", () -> cluster.broker(0).leads(1));

    // then
    RecordingReplica.await("only one to lead", () -> cluster.leader(1).nodeId == 0);
    cluster.commit("after");
    awaitEqualStates();
  }

  @Test
  void shouldHoldCommandsBackWhileTheLeadMovesToWhereItShouldBe() {
    // given
    cluster.start(1);
    cluster.start(2);
    Broker before = cluster.leader(1);
    assertTrue(!before.replica().held);

    // when
    cluster.start(0);
    RecordingReplica.await("broker 0 to lead", () -> cluster.broker(0).leads(1));

    // then
    RecordingReplica.await("the other to know", () -> !before.replica().leading);
    assertTrue(before.replica().heldAtTheEnd);
    assertTrue(!cluster.broker(0).replica().held);
  }

  @Test
  void shouldKeepTheLeadForWhoeverBeganToWaitWhileItMoved() throws InterruptedException {
    // given
    cluster.start(1);
    cluster.start(2);
    Broker before = cluster.leader(1);
    before.replica().awaitedOnceHeld = true;

    // when: the last command that was under way turns out to wait for more than the log
    cluster.start(0);
    RecordingReplica.await("the lead to be about to move", () -> before.replica().isAwaited());
    RecordingReplica.await("it to stay", () -> !before.replica().held);
    Thread.sleep(500);

    // then
    assertTrue(before.replica().leading);

    // when
    before.replica().awaitedOnceHeld = false;

    // then
    RecordingReplica.await("broker 0 to lead", () -> cluster.broker(0).leads(1));
  }

  @Test
  void shouldHandOverTheLeadWhenClosedAndEndEveryProposalOnce() throws InterruptedException {
    // given
    startAll();
    Broker leader = cluster.leader(1);
    var outcomes = Collections.synchronizedList(new ArrayList<Outcome>());
    var texts = Collections.synchronizedList(new ArrayList<String>());
    var running = new AtomicBoolean(true);
    Thread load = loadOn(leader, outcomes, texts, running);
    RecordingReplica.await("some to be applied", () -> leader.replica().applied.size() > 200);

    // when
    leader.stop();
    Broker next = cluster.leader(1);
    running.set(false);
    load.join();

    // then
    assertTrue(next.nodeId != leader.nodeId);
    cluster.commit("goes on");
    RecordingReplica.await("all to end", () -> outcomes.stream().allMatch(Outcome::hasEnded));
    checkOutcomes(outcomes, texts, next.replica().state);
  }

  private static Thread loadOn(
      Broker broker, List<Outcome> outcomes, List<String> texts, AtomicBoolean running) {
    return Thread.startVirtualThread(
        () -> {
          for (int i = 0; running.get(); i++) {
            Outcome outcome = broker.propose("load-" + i);
            outcomes.add(outcome);
            texts.add("load-" + i);
            if (outcome.failed.get() > 0) RecordingReplica.pause(5);
            // A window of four, as the real proposer has it.
            int before = outcomes.size() - 4;
            while (before >= 0 && !outcomes.get(before).hasEnded() && running.get())
              RecordingReplica.pause(1);
          }
        });
  }

  private static void checkOutcomes(
      List<Outcome> outcomes, List<String> texts, List<String> state) {
    var present = new HashSet<>(state);
    assertEquals(state.size(), present.size(), "nothing may be there twice");
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      String text = texts.get(i);
      assertEquals(1, outcome.endings(), text);
      if (outcome.committed.get() == 1) assertTrue(present.contains(text), "lost " + text);
      if (outcome.failure == Failure.REFUSED || outcome.failure == Failure.OVERLOADED) {
        assertTrue(!present.contains(text), "refused and yet there: " + text);
      }
    }
  }

  @Test
  void shouldGiveUpTheLeadWithoutAMajorityAlthoughProposalsKeepComing()
      throws InterruptedException {
    // given
    startAll();
    RecordingReplica.await("broker 0 to lead", () -> cluster.broker(0).leads(1));
    Broker leader = cluster.broker(0);
    cluster.commit("with a majority");
    var outcomes = Collections.synchronizedList(new ArrayList<Outcome>());
    var texts = Collections.synchronizedList(new ArrayList<String>());
    var running = new AtomicBoolean(true);
    Thread load =
        Thread.startVirtualThread(
            () -> {
              // Many at a time, which would keep Ratis from looking for its majority.
              for (int i = 0; running.get(); i++) {
                texts.add("alone-" + i);
                outcomes.add(leader.propose("alone-" + i));
                RecordingReplica.pause(2);
              }
            });

    // when
    cluster.broker(1).stop();
    cluster.broker(2).stop();

    // then
    RecordingReplica.await("the lead to be given up", 8_000, () -> !leader.replica().leading);
    running.set(false);
    load.join();
    RecordingReplica.await("all to end", () -> outcomes.stream().allMatch(Outcome::hasEnded));
    assertTrue(!leader.log().progress().healthy());

    // when
    cluster.start(1);
    cluster.start(2);

    // then
    cluster.commit("with a majority again");
    checkOutcomes(outcomes, texts, cluster.leader(1).replica().state);
  }

  private void commitUntilSnapshotBeyond(long index, String filler) {
    for (int i = 0; leadersSnapshot() <= index; i++) {
      assertTrue(i < 2_000, "no snapshot beyond " + index);
      cluster.commit(index + ":" + i + filler);
    }
  }

  private long leadersSnapshot() {
    return cluster.leader(1).log().progress().snapshotIndex();
  }

  @Test
  void shouldBringAFollowerUpToDateBySnapshot() {
    // given
    cluster.entriesBetweenSnapshots = 40;
    startAll();
    cluster.commit("first");
    cluster.broker(2).stop();
    var filler = "x".repeat(20_000);

    // when: the log is dropped behind the older of two snapshots
    commitUntilSnapshotBeyond(90, filler);
    commitUntilSnapshotBeyond(leadersSnapshot(), filler);
    Broker lagging = cluster.start(2);

    // then
    awaitEqualStates();
    assertTrue(lagging.replica().restores.get() > 0, "it should have been sent a snapshot");
    cluster.commit("last");
    awaitEqualStates();
    assertTrue(lagging.log().progress().snapshotIndex() > 90);

    // and when
    lagging.stop();
    cluster.start(2);

    // then
    awaitEqualStates();
  }

  @Test
  void shouldBringAnEmptiedFollowerUpToDateWhileCheckpointsGoOn() throws IOException {
    // given
    cluster.entriesBetweenSnapshots = 40;
    startAll();
    var filler = "x".repeat(20_000);
    for (int i = 0; i < 160; i++) cluster.commit(i + filler);
    RecordingReplica.await("a snapshot", () -> leadersSnapshot() > 90);
    cluster.broker(2).stop();
    delete(directory.resolve("broker-2"));

    // when
    Broker emptied = cluster.start(2);
    for (int i = 0; i < 160; i++) cluster.commit("meanwhile-" + i + filler);

    // then
    awaitEqualStates();
    assertTrue(emptied.replica().restores.get() > 0, "it should have been sent a snapshot");
    for (int i = 0; i < 120; i++) cluster.commit("after-" + i + filler);
    awaitEqualStates();
    List<String> stored = emptied.replica().stored();
    assertTrue(stored.size() > 90);
    assertEquals(List.copyOf(emptied.replica().state).subList(0, stored.size()), stored);
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  @Test
  void shouldLeadSeveralPartitionsOnDifferentBrokers() {
    // given
    cluster.close();
    cluster = new Cluster(directory.resolve("several"), 3, 3);

    // when
    startAll();

    // then
    for (int partition = 1; partition <= 3; partition++) {
      int rightful = partition - 1;
      int id = partition;
      RecordingReplica.await(
          "broker %d to lead partition %d".formatted(rightful, id),
          25_000,
          () -> cluster.broker(rightful).leads(id));
    }
  }
}
