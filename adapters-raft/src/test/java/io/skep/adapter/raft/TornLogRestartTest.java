package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.Cluster.Broker;
import io.skep.adapter.raft.log.SyncedMark;
import io.skep.port.out.LogException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Brokers that come up with a log that was torn or damaged while they were down.
@ParameterizedClass
@EnumSource
class TornLogRestartTest {
  @Parameter Cluster.Kind kind;
  private final long seed = Long.getLong("seed", System.nanoTime());

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

  private void commitInATerm() {
    Broker broker = startAndLead();
    broker.commit("earlier");
    broker.stop();
  }

  private Path mark() throws IOException {
    return RealLog.open(directory).getParent().resolveSibling("synced");
  }

  private long marked() throws IOException {
    byte[] mark = Files.readAllBytes(mark());
    return mark.length == 0 ? -1 : ByteBuffer.wrap(mark).getLong(16);
  }

  @Test
  void shouldGoOnAfterATornWriteWithAllThatWasAcknowledged() throws IOException {
    var random = new SplittableRandom(seed);
    for (int round = 0; round < 5; round++) {
      // given
      Broker broker = startAndLead();
      for (int i = 0; i < 5; i++) broker.commit("round-" + round + "-" + i);
      var acknowledged = List.copyOf(broker.replica().state);
      long synced = broker.log().progress().committedIndex();
      for (int i = 0; i < 20; i++) broker.commit("x".repeat(random.nextInt(50, 2_000)));
      broker.stop();
      tear(synced, random);

      // when
      Broker again = startAndLead();

      // then
      int count = acknowledged.size();
      assertEquals(acknowledged, again.replica().state.subList(0, count), "-Dseed=" + seed);
      again.commit("goes on");
      var state = List.copyOf(again.replica().state);
      again.stop();
      Broker third = startAndLead();
      assertEquals(state, third.replica().state);
      third.stop();
    }
  }

  /// As if the power had been cut before anything behind that entry was synced.
  private void tear(long synced, SplittableRandom random) throws IOException {
    var log = new RealLog(RealLog.open(directory));
    int last = (int) (synced - log.index(0));
    int from = (int) log.ends[last];
    byte[] content = log.padded(random.nextInt(100_000));
    Arrays.fill(content, from, from - from % 512 + 512, (byte) 0);
    for (int at = from - from % 512 + 512; at < content.length; at += 512) {
      if (random.nextBoolean())
        Arrays.fill(content, at, Math.min(at + 512, content.length), (byte) 0);
    }
    Files.write(log.file, content);
    Files.delete(mark());
    try (var mark = SyncedMark.open(mark().getParent())) {
      mark.raise(log.term(last), synced);
    }
  }

  @Test
  void shouldRememberWhatIsSyncedWhileItRunsAndWhenItStops() throws IOException {
    // given
    Broker broker = startAndLead();
    broker.commit("one");
    long one = broker.log().progress().committedIndex();

    // when, then
    RecordingReplica.await("the mark", () -> isMarked(one));

    // when
    broker.commit("two");
    long two = broker.log().progress().committedIndex();
    broker.stop();

    // then
    assertTrue(isMarked(two));
  }

  private boolean isMarked(long index) {
    try {
      return marked() >= index;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void shouldRefuseALogOfWhichSomethingSyncedIsLost() throws IOException {
    // given
    Broker broker = startAndLead();
    for (int i = 0; i < 10; i++) broker.commit("entry-" + i);
    broker.stop();
    var log = new RealLog(RealLog.open(directory));
    Files.write(log.file, Arrays.copyOf(log.bytes, log.bytes.length - 3));

    // when
    Broker second = cluster.startListening(0);
    var refusal = assertThrows(LogException.class, second::open);

    // then
    assertTrue(refusal.getMessage().contains(log.file.toString()), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("Restore"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("partition.1"), refusal.getMessage());
  }

  @Test
  void shouldRefuseALogWhoseFilesAreGone() throws IOException {
    // given
    Broker broker = startAndLead();
    broker.commit("entry");
    broker.stop();
    Files.delete(RealLog.open(directory));

    // when
    Broker second = cluster.startListening(0);
    var refusal = assertThrows(LogException.class, second::open);

    // then
    assertTrue(refusal.getMessage().contains("Expected entries up to"), refusal.getMessage());
  }

  @Test
  void shouldRefuseDamageInAFileThatIsFull() throws IOException {
    // given: each term has a file of its own
    commitInATerm();
    Broker broker = startAndLead();
    broker.commit("entry");
    broker.stop();
    var log = new RealLog(RealLog.closed(directory));

    for (byte[] content :
        List.of(
            new byte[log.bytes.length],
            Arrays.copyOf(log.bytes, log.bytes.length - 1),
            Arrays.copyOf(Arrays.copyOf(log.bytes, RealLog.HEADER_BYTES), log.bytes.length))) {
      Files.write(log.file, content);

      // when
      Broker second = cluster.startListening(0);
      var refusal = assertThrows(LogException.class, second::open);

      // then
      assertTrue(refusal.getMessage().contains(log.file.toString()), refusal.getMessage());
      second.stop();
    }
  }

  @Test
  void shouldNameTheFileBehindAGap() throws IOException {
    // given
    for (int i = 0; i < 2; i++) commitInATerm();
    Broker broker = startAndLead();
    broker.commit("entry");
    broker.stop();
    Path current = RealLog.open(directory).getParent();
    Path middle;
    try (var files = Files.list(current)) {
      middle =
          files
              .filter(file -> file.getFileName().toString().matches("log_[1-9]\\d*-\\d+"))
              .findFirst()
              .orElseThrow();
    }
    Files.delete(middle);

    // when
    Broker second = cluster.startListening(0);
    var refusal = assertThrows(LogException.class, second::open);

    // then
    assertTrue(
        refusal.getMessage().contains(RealLog.open(directory).toString()), refusal.getMessage());
  }
}
