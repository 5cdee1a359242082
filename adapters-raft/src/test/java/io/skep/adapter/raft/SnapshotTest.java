package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.Cluster.Broker;
import io.skep.domain.engine.store.ArchiveException;
import io.skep.port.out.LogException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SnapshotTest {
  @Parameter Cluster.Kind kind;
  @TempDir Path directory;
  private Cluster cluster;

  @BeforeEach
  void create() {
    cluster = new Cluster(directory, 1, 1);
    cluster.kind = kind;
    cluster.entriesBetweenSnapshots = 100;
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private Broker startAndLead() {
    cluster.start(0);
    return cluster.leader(1);
  }

  private static void commit(Broker broker, int count) {
    var filler = "x".repeat(5_000);
    for (int i = 0; i < count; i++) broker.commit(broker.replica().state.size() + filler);
  }

  /// Commits until there is a snapshot more, and waits for it.
  private static long commitAndAwaitSnapshot(Broker broker) {
    long before = broker.log().progress().snapshotIndex();
    commit(broker, 120);
    RecordingReplica.await("a snapshot", () -> broker.log().progress().snapshotIndex() > before);
    return broker.log().progress().snapshotIndex();
  }

  private List<Path> snapshotFiles() throws IOException {
    return files("snapshot\\.\\d+_\\d+").stream()
        .sorted((a, b) -> Long.compare(index(b), index(a)))
        .toList();
  }

  private List<Path> stateFiles() throws IOException {
    return files("state\\.\\d+").stream()
        .sorted((a, b) -> Integer.compare(number(b), number(a)))
        .toList();
  }

  private List<Path> segments() throws IOException {
    return files("log_.*");
  }

  private List<Path> files(String pattern) throws IOException {
    while (true) {
      try (var files = Files.walk(directory)) {
        return files.filter(file -> file.getFileName().toString().matches(pattern)).toList();
      } catch (UncheckedIOException _) {
        // Something was deleted while it was looked at.
      }
    }
  }

  private static int number(Path stateFile) {
    return Integer.parseInt(stateFile.getFileName().toString().substring("state.".length()));
  }

  private static long index(Path snapshot) {
    String name = snapshot.getFileName().toString();
    return Long.parseLong(name.substring(name.indexOf('_') + 1));
  }

  private static void damage(Path file, long at) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var one = ByteBuffer.allocate(1);
      channel.read(one, at);
      channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 0x55)}), at);
    }
  }

  @Test
  void shouldRestoreTheSnapshotAndReplayTheRest() {
    // given
    Broker first = startAndLead();
    commitAndAwaitSnapshot(first);
    commit(first, 10);
    var state = List.copyOf(first.replica().state);
    first.stop();

    // when
    Broker second = startAndLead();

    // then
    assertEquals(state, second.replica().state);
    assertEquals(1, second.replica().restores.get());
    assertTrue(second.replica().applied.size() < state.size());
    List<String> stored = second.replica().stored();
    assertTrue(stored.size() >= 100);
    assertEquals(state.subList(0, stored.size()), stored);
  }

  @Test
  void shouldReadBackWhatWasStoredByThisProcessAndFormerOnes() {
    // given
    Broker first = startAndLead();
    commitAndAwaitSnapshot(first);
    first.stop();
    Broker second = startAndLead();

    // when
    commitAndAwaitSnapshot(second);

    // then
    List<String> stored = second.replica().stored();
    assertTrue(stored.size() >= 200);
    assertEquals(List.copyOf(second.replica().state).subList(0, stored.size()), stored);
  }

  @Test
  void shouldTakeACheckpointWhenTheReplicaWantsOne() {
    // given
    cluster.entriesBetweenSnapshots = Long.MAX_VALUE;
    Broker broker = startAndLead();
    commit(broker, 3);

    // when
    broker.replica().wantsCheckpoint = true;

    // then
    RecordingReplica.await("a snapshot", () -> broker.log().progress().snapshotIndex() >= 0);
  }

  @Test
  void shouldDropTheLogBehindTheOlderSnapshotAndKeepTwoSnapshots() throws IOException {
    // given
    Broker broker = startAndLead();

    // when
    for (int i = 0; i < 4; i++) commitAndAwaitSnapshot(broker);

    // then
    RecordingReplica.await("old segments to go", () -> isPurged());
    RecordingReplica.await("old snapshots to go", () -> countSnapshots() == 2);
    var state = List.copyOf(broker.replica().state);
    broker.stop();
    Broker again = startAndLead();
    assertEquals(state, again.replica().state);
    again.commit("goes on");
  }

  private boolean isPurged() {
    try {
      return segments().stream()
          .noneMatch(file -> file.getFileName().toString().startsWith("log_0-"));
    } catch (IOException e) {
      return false;
    }
  }

  private int countSnapshots() {
    try {
      return snapshotFiles().size();
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void shouldTakeASnapshotWhenTheLogHasGrownByAsMuchAsIsSet() {
    // given
    cluster.entriesBetweenSnapshots = Long.MAX_VALUE;
    cluster.bytesBetweenSnapshots = 200_000;
    Broker broker = startAndLead();

    // when: 30 entries of 5 KB
    commit(broker, 30);
    RecordingReplica.pause(1_200);

    // then
    assertEquals(-1, broker.log().progress().snapshotIndex());

    // when
    commit(broker, 15);

    // then
    RecordingReplica.await("a snapshot", () -> broker.log().progress().snapshotIndex() >= 0);
  }

  @Test
  void shouldTakeASnapshotWhenTheIntervalIsOver() {
    // given
    cluster.entriesBetweenSnapshots = Long.MAX_VALUE;
    cluster.snapshotInterval = Duration.ofMillis(300);
    Broker broker = startAndLead();

    // when
    broker.commit("one entry");

    // then
    RecordingReplica.await("a snapshot", () -> broker.log().progress().snapshotIndex() >= 0);
  }

  @Test
  void shouldGoOnApplyingWhileASnapshotIsWritten() {
    // given
    Broker broker = startAndLead();
    var gate = new CountDownLatch(1);
    broker.replica().gate = gate;
    commit(broker, 120);
    RecordingReplica.await("a snapshot on its way", () -> broker.replica().atGate);

    // when
    commit(broker, 200);

    // then
    assertEquals(-1, broker.log().progress().snapshotIndex());
    gate.countDown();
    RecordingReplica.await("the snapshot", () -> broker.log().progress().snapshotIndex() >= 0);
    assertTrue(
        broker.log().progress().snapshotIndex() < broker.log().progress().appliedIndex() - 150);
  }

  @Test
  void shouldFallBackToTheOlderSnapshotIfTheNewestIsDamaged() throws IOException {
    // given
    Broker first = startAndLead();
    for (int i = 0; i < 3; i++) commitAndAwaitSnapshot(first);
    var state = List.copyOf(first.replica().state);
    first.stop();
    Path newest = snapshotFiles().getFirst();
    damage(newest, Files.size(newest) / 2);

    // when
    Broker second = startAndLead();

    // then
    assertEquals(state, second.replica().state);
    assertTrue(second.log().progress().snapshotIndex() < index(newest));
    commitAndAwaitSnapshot(second);
    RecordingReplica.await("the damaged one to go", () -> !Files.exists(newest));
  }

  @Test
  void shouldFallBackToTheOlderSnapshotIfTheNewestIsTornOff() throws IOException {
    // given
    Broker first = startAndLead();
    for (int i = 0; i < 2; i++) commitAndAwaitSnapshot(first);
    var state = List.copyOf(first.replica().state);
    first.stop();
    try (var channel = FileChannel.open(snapshotFiles().getFirst(), StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 7);
    }

    // when
    Broker second = startAndLead();

    // then
    assertEquals(state, second.replica().state);
  }

  @Test
  void shouldReplayFromTheBeginningIfTheOnlySnapshotIsDamagedAndTheLogIsWhole() throws IOException {
    // given
    Broker first = startAndLead();
    commitAndAwaitSnapshot(first);
    var state = List.copyOf(first.replica().state);
    first.stop();
    damage(snapshotFiles().getFirst(), 20);

    // when
    Broker second = startAndLead();

    // then
    assertEquals(state, second.replica().state);
    assertEquals(0, second.replica().restores.get());
  }

  @Test
  void shouldRefuseToStartIfTheLogDoesNotMakeUpForDamagedSnapshots() throws IOException {
    // given
    Broker first = startAndLead();
    for (int i = 0; i < 4; i++) commitAndAwaitSnapshot(first);
    RecordingReplica.await("old segments to go", () -> isPurged());
    first.stop();
    for (Path file : snapshotFiles()) damage(file, Files.size(file) - 3);

    // when
    Broker second = cluster.startListening(0);
    var refusal = assertThrows(LogException.class, second::open);

    // then
    for (Path file : snapshotFiles())
      assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("Restore"), refusal.getMessage());
  }

  @Test
  void shouldRefuseToStartIfTheSnapshotsAreGone() throws IOException {
    // given
    Broker first = startAndLead();
    for (int i = 0; i < 4; i++) commitAndAwaitSnapshot(first);
    RecordingReplica.await("old segments to go", () -> isPurged());
    first.stop();
    for (Path file : snapshotFiles()) Files.delete(file);

    // when
    Broker second = cluster.startListening(0);
    var refusal = assertThrows(LogException.class, second::open);

    // then
    assertTrue(refusal.getMessage().contains("there is none"), refusal.getMessage());
  }

  @Test
  void shouldFallBackToTheOlderSnapshotIfTheNewestFileIsDamaged() throws IOException {
    // given
    Broker first = startAndLead();
    for (int i = 0; i < 3; i++) commitAndAwaitSnapshot(first);
    var state = List.copyOf(first.replica().state);
    first.stop();
    Path newest = stateFiles().getFirst();
    damage(newest, Files.size(newest) / 2);

    // when
    Broker second = startAndLead();

    // then
    assertEquals(state, second.replica().state);
    commitAndAwaitSnapshot(second);
    commitAndAwaitSnapshot(second);
    List<String> stored = second.replica().stored();
    assertEquals(List.copyOf(second.replica().state).subList(0, stored.size()), stored);
    assertTrue(!Files.exists(newest));
  }

  @Test
  void shouldNameTheFileThatAllSnapshotsNeedIfItIsDamaged() throws IOException {
    // given
    Broker first = startAndLead();
    for (int i = 0; i < 4; i++) commitAndAwaitSnapshot(first);
    RecordingReplica.await("old segments to go", () -> isPurged());
    first.stop();
    Path oldest = stateFiles().getLast();
    damage(oldest, Files.size(oldest) / 2);

    // when
    Broker second = cluster.startListening(0);
    var refusal = assertThrows(LogException.class, second::open);

    // then
    assertTrue(refusal.getMessage().contains(oldest.toString()), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("Restore"), refusal.getMessage());
  }

  @Test
  void shouldRefuseSnapshotsOfTheFormerFormat() throws IOException {
    // given
    Broker first = startAndLead();
    for (int i = 0; i < 4; i++) commitAndAwaitSnapshot(first);
    RecordingReplica.await("old segments to go", () -> isPurged());
    first.stop();
    for (Path file : snapshotFiles()) {
      var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).putInt(8, 1);
      Files.write(file, bytes.array());
    }

    // when
    Broker second = cluster.startListening(0);
    var refusal = assertThrows(LogException.class, second::open);

    // then
    assertTrue(refusal.getMessage().contains("format 1"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("an older version wrote"), refusal.getMessage());
  }

  @Test
  void shouldNameTheFileIfARecordCannotBeReadBack() throws IOException {
    // given
    Broker broker = startAndLead();
    commitAndAwaitSnapshot(broker);
    Path file = stateFiles().getFirst();
    damage(file, Files.size(file) / 2);

    // when
    var failure = assertThrows(ArchiveException.class, () -> broker.replica().stored());

    // then
    assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
    assertTrue(failure.getMessage().contains("partition.1"), failure.getMessage());
  }
}
