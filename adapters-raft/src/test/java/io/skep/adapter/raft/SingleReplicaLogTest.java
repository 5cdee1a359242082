package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.Cluster.Broker;
import io.skep.adapter.raft.RecordingReplica.Outcome;
import io.skep.adapter.raft.disk.Disk;
import io.skep.adapter.raft.log.LogTail;
import io.skep.adapter.raft.log.LogWriter;
import io.skep.port.out.PartitionLog.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is applied before it is on disk, and what becomes of it.
@Timeout(60)
class SingleReplicaLogTest {
  private static final int PLENTY = 1_000_000;

  @TempDir Path directory;
  private final SlowDisk disk = new SlowDisk();
  private Cluster cluster;
  private Broker broker;
  private RecordingReplica replica;

  /// Stores content when it is told to, and fails when it is told to.
  private static final class SlowDisk implements Disk {
    private final Semaphore syncs = new Semaphore(PLENTY);
    private volatile boolean failsToSync;
    private volatile boolean failsToWrite;

    /// Who has synced.
    private final Set<String> threads = ConcurrentHashMap.newKeySet();

    void hold() {
      syncs.drainPermits();
    }

    void release() {
      syncs.release(PLENTY);
    }

    @Override
    public void syncContent(FileChannel file) throws IOException {
      threads.add(Thread.currentThread().getName());
      syncs.acquireUninterruptibly();
      if (failsToSync) throw new IOException("cannot sync");
      Disk.super.syncContent(file);
    }

    @Override
    public void write(FileChannel file, ByteBuffer bytes, long at) throws IOException {
      if (failsToWrite) throw new IOException("cannot write");
      Disk.super.write(file, bytes, at);
    }
  }

  @BeforeEach
  void start() {
    cluster = new Cluster(directory, 1, 1);
    cluster.disk = disk;
    cluster.entriesBetweenSnapshots = 3;
    cluster.start(0);
    broker = cluster.leader(1);
    replica = broker.replica();
  }

  @AfterEach
  void close() {
    disk.release();
    cluster.close();
  }

  private List<Outcome> applyAhead(String... texts) {
    return applyAhead(texts.length, Arrays.asList(texts));
  }

  /// Proposes more than one at once and holds what would bring them onto the disk.
  ///
  /// @param most how many of them are applied then
  private List<Outcome> applyAhead(int most, List<String> texts) {
    int before = replica.state.size();
    disk.hold();
    replica.applies = new Semaphore(0);
    var outcomes = texts.stream().map(broker::propose).toList();
    replica.applies.release();
    // Only of the first, so that the partition's thread is not the one that waits for it.
    RecordingReplica.await("a sync", disk.syncs::hasQueuedThreads);
    replica.applies.release(PLENTY);
    awaitApplied(before + most);
    RecordingReplica.pause(20);
    assertEquals(before + most, replica.state.size());
    return outcomes;
  }

  private void awaitApplied(int entries) {
    RecordingReplica.await("all to be applied", () -> replica.state.size() == entries);
  }

  private static void awaitEnd(Outcome outcome) {
    RecordingReplica.await("it to end", outcome::hasEnded);
  }

  @Test
  void shouldApplyWhatIsNotOnDiskAndSayThatItIsCommittedOnceItIs() {
    // given
    broker.commit("before");

    // when
    var outcomes = applyAhead("first", "second");
    Outcome first = outcomes.getFirst();
    Outcome second = outcomes.getLast();

    // then
    assertFalse(first.hasEnded());
    assertFalse(second.hasEnded());
    var progress = broker.log().progress();
    assertEquals(progress.appliedIndex() - 2, progress.committedIndex());

    // and
    disk.release();
    awaitEnd(second);
    assertEquals(1, first.committed.get());
    assertEquals(1, second.committed.get());
  }

  /// It would only be slower.
  @Test
  void shouldHandNothingOverThatComesAlone() {
    // when
    for (int i = 0; i < 20; i++) broker.commit("entry-" + i);

    // then
    assertEquals(Set.of("partition-1"), disk.threads);
  }

  /// What a power cut may tear, and the next start must tell from damage.
  @Test
  void shouldHaveNoMoreUnsyncedThanTheNextStartCountsOn() {
    // given
    var texts =
        IntStream.range(0, LogTail.UNSYNCED_ENTRIES + 50).mapToObj(i -> "entry-" + i).toList();

    // when
    var outcomes = applyAhead(LogTail.UNSYNCED_ENTRIES, texts);

    // then
    outcomes.forEach(outcome -> assertFalse(outcome.hasEnded()));

    // and
    disk.release();
    RecordingReplica.await("all to end", () -> outcomes.stream().allMatch(Outcome::hasEnded));
    outcomes.forEach(outcome -> assertEquals(1, outcome.committed.get()));
  }

  @Test
  void shouldTakeNoCheckpointOfWhatIsNotCommitted() {
    // given
    replica.wantsCheckpoint = true;

    // when
    applyAhead("first", "second", "third", "fourth", "fifth");
    // It is looked for twice a second.
    RecordingReplica.pause(1_100);

    // then
    assertFalse(replica.atGate);

    // and
    disk.release();
    RecordingReplica.await("a checkpoint", () -> replica.atGate);
  }

  @Test
  void shouldWithdrawWhatCouldNotBeSyncedAndStop() {
    // given
    broker.commit("before");
    var outcomes = applyAhead("first", "second");
    Outcome first = outcomes.getFirst();
    Outcome second = outcomes.getLast();

    // when
    disk.failsToSync = true;
    disk.release();

    // then
    awaitEnd(first);
    awaitEnd(second);
    assertEquals(Failure.LEAD_LOST, first.failure);
    assertEquals(Failure.LEAD_LOST, second.failure);
    assertEquals("cannot sync", replica.failure.getMessage());
    assertFalse(broker.log().progress().healthy());
    RecordingReplica.await("a refusal", () -> broker.propose("later").failure == Failure.REFUSED);
    assertEquals(replica.indices.getFirst(), replica.lastCommitted);

    // and
    broker.log().close();
    disk.failsToSync = false;
    broker.open();
    assertEquals("before", cluster.leader(1).replica().state.getFirst());
  }

  /// The write that fails may be that of an earlier entry.
  @Test
  void shouldCommitNothingThatWasNotSyncedWhenAWriteFailed() {
    // given: one is being synced, the next waits to be written
    var outcomes = applyAhead("first", "second");
    Outcome first = outcomes.getFirst();
    Outcome second = outcomes.getLast();

    // when
    disk.failsToWrite = true;
    Outcome large = broker.propose("x".repeat(2 * LogWriter.BUFFER_BYTES));
    RecordingReplica.await("the failure", () -> !broker.log().progress().healthy());
    disk.failsToWrite = false;
    disk.release();

    // then
    awaitEnd(first);
    awaitEnd(second);
    awaitEnd(large);
    assertEquals(1, first.committed.get());
    assertEquals(Failure.LEAD_LOST, second.failure);
    assertEquals(Failure.LEAD_LOST, large.failure);
    assertEquals("cannot write", replica.failure.getMessage());

    // and
    broker.log().close();
    broker.open();
    var found = cluster.leader(1).replica().state;
    assertTrue(List.of("first", "second").containsAll(found) && found.contains("first"));
  }

  @Test
  void shouldCommitWhatWasAppliedWhenClosed() throws InterruptedException {
    // given
    var outcomes = applyAhead("first", "second");
    Outcome first = outcomes.getFirst();
    Outcome second = outcomes.getLast();

    // when
    Thread closing = Thread.ofPlatform().start(broker.log()::close);
    RecordingReplica.pause(20);
    assertFalse(first.hasEnded());
    disk.release();
    closing.join();

    // then
    assertEquals(1, first.committed.get());
    assertEquals(1, second.committed.get());
  }
}
