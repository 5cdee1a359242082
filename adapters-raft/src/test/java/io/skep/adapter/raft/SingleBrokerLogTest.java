package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.Cluster.Broker;
import io.skep.adapter.raft.RecordingReplica.Outcome;
import io.skep.port.out.PartitionLog.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SingleBrokerLogTest {
  @Parameter Cluster.Kind kind;
  @TempDir Path directory;
  private Cluster cluster;

  @BeforeEach
  void create() {
    cluster = new Cluster(directory, 1, 1);
    cluster.kind = kind;
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private Broker startAndLead() {
    cluster.start(0);
    return cluster.leader(1);
  }

  @Test
  void shouldApplyWhatWasProposedInOrderAndAsOwn() {
    // given
    Broker broker = startAndLead();
    var outcomes = new ArrayList<Outcome>();

    // when
    var texts = IntStream.range(0, 100).mapToObj(i -> "entry-" + i).toList();
    texts.forEach(text -> outcomes.add(broker.propose(text)));

    // then
    RecordingReplica.await("all to end", () -> outcomes.stream().allMatch(Outcome::hasEnded));
    assertEquals(texts, broker.replica().state);
    outcomes.forEach(outcome -> assertEquals(1, outcome.committed.get()));
    assertTrue(isGrowing(broker.replica().indices));
  }

  private static boolean isGrowing(List<Long> numbers) {
    return IntStream.range(1, numbers.size()).allMatch(i -> numbers.get(i - 1) < numbers.get(i));
  }

  @Test
  void shouldReplayAfterRestartBeforeLeadingInALaterTerm() {
    // given
    Broker first = startAndLead();
    for (int i = 0; i < 20; i++) first.commit("entry-" + i);
    var before = List.copyOf(first.replica().state);
    first.stop();

    // when
    Broker second = startAndLead();

    // then
    assertEquals(before, second.replica().state);
    assertTrue(second.replica().terms.getFirst() > first.replica().terms.getLast());
  }

  @Test
  void shouldTellProgress() {
    // given
    Broker broker = startAndLead();

    // when
    broker.commit("entry");

    // then
    var progress = broker.log().progress();
    assertEquals(0, broker.log().leader());
    assertEquals(broker.replica().terms.getLast(), progress.term());
    assertEquals(progress.committedIndex(), progress.appliedIndex());
    assertEquals(-1, progress.snapshotIndex());
    assertTrue(progress.healthy());
  }

  @Test
  void shouldTakeTheLargestEntryAndRefuseOneByteMore() {
    // given
    Broker broker = startAndLead();
    var largest = new byte[broker.log().maxEntryBytes()];
    java.util.Arrays.fill(largest, (byte) 'x');
    var outcome = new Outcome();

    // when
    broker.log().propose(largest, outcome);

    // then
    RecordingReplica.await("the entry to end", outcome::hasEnded);
    assertEquals(1, outcome.committed.get());
    assertArrayEquals(largest, RecordingReplica.bytes(broker.replica().state.getFirst()));
    assertThrows(
        IllegalArgumentException.class,
        () -> broker.log().propose(new byte[largest.length + 1], new Outcome()));
    assertThrows(
        IllegalArgumentException.class, () -> broker.log().propose(new byte[0], new Outcome()));
    broker.commit("still leading");
  }

  @Test
  void shouldRefuseProposalsAfterClose() {
    // given
    Broker broker = startAndLead();
    broker.log().close();

    // when
    Outcome outcome = broker.propose("too late");

    // then
    assertEquals(Failure.REFUSED, outcome.failure);
    assertEquals(-1, broker.log().leader());
  }

  @Test
  void shouldEndEveryProposalOnceWhenClosedUnderLoad() throws InterruptedException {
    Broker broker = startAndLead();
    int cutShort = 0;
    for (int round = 0; round < 30 && cutShort < 3; round++) {
      // given
      var outcomes = new ConcurrentLinkedQueue<Outcome>();
      Runnable load = () -> proposeUntilRefused(broker, outcomes);
      var loads = List.of(Thread.ofPlatform().start(load), Thread.ofPlatform().start(load));
      RecordingReplica.await("some to be applied", () -> broker.replica().applied.size() > 300);

      // when
      broker.log().close();
      for (Thread thread : loads) thread.join();

      // then
      RecordingReplica.await("all to end", () -> outcomes.stream().allMatch(Outcome::hasEnded));
      outcomes.forEach(outcome -> assertEquals(1, outcome.endings()));
      if (outcomes.stream().filter(SingleBrokerLogTest::wasCutShort).count() > loads.size())
        cutShort++;
      broker.open();
      cluster.leader(1);
    }
    assertTrue(cutShort > 0, "Expected some proposals to be on their way when it was closed");
  }

  /// As many on their way as the log takes.
  private static void proposeUntilRefused(Broker broker, Queue<Outcome> outcomes) {
    for (int i = 0; i < 1_000_000; i++) {
      Outcome outcome = broker.propose("entry-" + i);
      outcomes.add(outcome);
      if (outcome.failure == Failure.REFUSED) return;
      if (outcome.failure == Failure.OVERLOADED) Thread.yield();
    }
  }

  private static boolean wasCutShort(Outcome outcome) {
    return outcome.failure == Failure.LEAD_LOST || outcome.failure == Failure.REFUSED;
  }

  @Test
  void shouldStopThePartitionWhenAnEntryCannotBeApplied() {
    // given
    Broker broker = startAndLead();
    broker.commit("fine");
    broker.replica().poison = "poison";

    // when
    broker.propose("poison");
    Outcome after = broker.propose("after");

    // then
    RecordingReplica.await("the second to end", after::hasEnded);
    RecordingReplica.await("the failure to be told", () -> broker.replica().failure != null);
    assertEquals("poisoned", broker.replica().failure.getMessage());
    assertEquals(List.of("fine"), broker.replica().state);
    assertEquals(0, after.committed.get());
    assertTrue(!broker.log().progress().healthy());
    assertEquals(Failure.REFUSED, broker.propose("later").failure);
  }

  @Test
  void shouldStopThePartitionWhenSomethingIsThrownThatNobodyDeclared() {
    // given
    Broker broker = startAndLead();
    broker.replica().poison = "poison";
    broker.replica().poisoned = new InterruptedException("sneaky");

    // when
    broker.propose("poison");

    // then
    RecordingReplica.await("the failure to be told", () -> broker.replica().failure != null);
    assertTrue(!broker.log().progress().healthy());
    assertEquals(Failure.REFUSED, broker.propose("later").failure);
  }

  @Test
  void shouldOpenAPartitionAgainAfterItWasClosed() {
    // given
    Broker broker = startAndLead();
    broker.commit("entry");
    broker.log().close();

    // when
    broker.open();
    cluster.leader(1);

    // then
    broker.commit("another");
    assertEquals(List.of("entry", "another"), broker.replica().state);
  }
}
