package io.skep.adapter.raft.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.disk.Disk;
import io.skep.adapter.raft.state.ModelReplica.ModelCheckpoint;
import io.skep.domain.engine.store.ArchiveException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {
  static final UUID GROUP = new UUID(1, 2);
  private static final CompactionLimits SMALL = new CompactionLimits(20_000, 0.45, 8);

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);

  @TempDir Path root;
  private StateDirectory directory;
  private StateStore store;
  private long index;

  @BeforeEach
  void open() throws IOException {
    directory = directory(SMALL);
    directory.clear();
    store = new StateStore(directory, "Do something.");
  }

  private StateDirectory directory(CompactionLimits limits) {
    return new StateDirectory(Disk.REAL, root.resolve("sm"), root.resolve("tmp"), GROUP, limits);
  }

  private CheckpointSize store(ModelCheckpoint checkpoint) throws IOException {
    index += 10;
    var size = store.store(new SnapshotName(3, index), checkpoint, () -> false);
    store.removeOld(List.of());
    assertTrue(checkpoint.isStored);
    return size;
  }

  private KeptState openNewest() throws IOException {
    return KeptState.open(directory.manifests().getFirst(), GROUP, "Do something.");
  }

  private long bytesOnDisk() throws IOException {
    try (var files = Files.list(directory.directory())) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void shouldHoldWhatWasStoredThroughAnyChanges() throws IOException {
    // given
    var replica = new ModelReplica(random, 60);
    replica.hugeOnceIn = 1_000;
    Map<SnapshotName, TreeMap<Long, byte[]>> history = new HashMap<>();

    for (int step = 0; step < 120; step++) {
      // when
      replica.create(random.nextInt(60));
      replica.change(random.nextInt(80));
      replica.end(random.nextInt(60));
      if (random.nextInt(3) == 0) replica.recreate(random.nextInt(10));
      ModelCheckpoint checkpoint = replica.checkpoint();
      store(checkpoint);
      history.put(new SnapshotName(3, index), checkpoint.then);

      // then
      String message = "step " + step + ", repeat with -Dseed=" + seed;
      replica.checkReadable(store.archive());
      assertEquals(Math.min(step + 1, 2), directory.manifests().size(), message);
      for (Path manifest : directory.manifests()) {
        try (var state = KeptState.open(manifest, GROUP, "")) {
          var expected = history.get(SnapshotName.of(manifest));
          ModelReplica.assertSame(expected, ModelReplica.content(state), message);
        }
      }
      if (random.nextInt(10) == 0) restart(replica);
    }
  }

  private void restart(ModelReplica replica) throws IOException {
    store.close();
    directory.clear();
    store = new StateStore(directory, "Do something.");
    KeptState state = openNewest();
    replica.restore(state);
    store.adopt(state);
  }

  @Test
  void shouldGiveBackTheNewestHead() throws IOException {
    // given
    var replica = new ModelReplica(random, 10_000);
    store(replica.checkpoint());

    // when
    store(replica.checkpoint());

    // then
    try (var state = openNewest()) {
      assertArrayEquals(replica.head, state.head());
    }
  }

  @Test
  void shouldKeepFilesSmallAndFewAndTheCostNearToWhatChanges() throws IOException {
    // given
    var replica = new ModelReplica(random, 200);
    replica.create(2_000);
    store(replica.checkpoint());
    long written = 0;
    long changed = 0;

    for (int step = 0; step < 200; step++) {
      // when
      replica.change(60);
      replica.end(40);
      replica.create(40);
      CheckpointSize size = store(replica.checkpoint());
      written += size.changed() + size.copied();
      changed += size.changed();

      // then
      String message = "step " + step + ", repeat with -Dseed=" + seed;
      double ratio = (double) bytesOnDisk() / replica.liveBytes();
      assertTrue(ratio < 2.5, () -> ratio + " times what is in force; " + message);
      assertTrue(store.latest().files().size() <= SMALL.files(), message);
    }
    double amplification = (double) written / changed;
    assertTrue(amplification < 4, () -> "%f, -Dseed=%d".formatted(amplification, seed));
  }

  @Test
  void shouldForgetWhatHasEndedOnceNothingOlderIsLeft() throws IOException {
    // given
    var replica = new ModelReplica(random, 50);
    replica.create(50);
    store(replica.checkpoint());

    // when
    for (int step = 0; step < 60; step++) {
      replica.create(400);
      store(replica.checkpoint());
      replica.end(400);
      store(replica.checkpoint());
    }

    // then
    long tombstones = store.latest().files().stream().mapToLong(FileEntry::tombstones).sum();
    assertTrue(tombstones < 4_000, () -> tombstones + " are left, -Dseed=" + seed);
  }

  @Test
  void shouldReadWhatAStoredRecordWasWhileALaterCheckpointIsWritten() throws IOException {
    // given
    var replica = new ModelReplica(random, 100);
    replica.create(500);
    store(replica.checkpoint());
    KeptState restored = openNewest();
    replica.restore(restored);
    store.adopt(restored);

    // when
    replica.change(400);
    store(replica.checkpoint());

    // then
    replica.checkReadable(restored.archive());
  }

  @Test
  void shouldNotStoreAnythingOnceAnotherStateIsToReplaceThisOne() throws IOException {
    // given
    var replica = new ModelReplica(random, 100);
    replica.create(500);
    store(replica.checkpoint());
    ModelCheckpoint checkpoint = replica.checkpoint();

    // when
    store.expectReplacement();

    // then
    assertThrows(
        SupersededException.class,
        () -> store.store(new SnapshotName(3, 99), checkpoint, () -> false));
    assertTrue(checkpoint.hasFailed);
    assertEquals(1, directory.manifests().size());
  }

  @Test
  void shouldKeepTheFilesOfASnapshotThatIsBeingSent() throws IOException {
    // given
    var replica = new ModelReplica(random, 100);
    replica.create(500);
    store(replica.checkpoint());
    Manifest sent = store.latest();
    TreeMap<Long, byte[]> expected = contentOf(sent);

    // when
    for (int step = 0; step < 10; step++) {
      replica.change(300);
      store.store(new SnapshotName(4, 100 + step), replica.checkpoint(), () -> false);
      store.removeOld(List.of(sent));
    }

    // then
    ModelReplica.assertSame(expected, contentOf(sent), "-Dseed=" + seed);
    store.removeOld(List.of());
    assertTrue(!Files.exists(sent.name().in(directory.directory())));
  }

  private TreeMap<Long, byte[]> contentOf(Manifest manifest) throws IOException {
    try (var state = KeptState.open(manifest.name().in(directory.directory()), GROUP, "")) {
      return ModelReplica.content(state);
    }
  }

  @Test
  void shouldEndWhenCalledOff() throws IOException {
    // given
    var replica = new ModelReplica(random, 10_000);
    replica.create(500);
    var calls = new int[1];
    ModelCheckpoint checkpoint = replica.checkpoint();

    // when
    var failure =
        assertThrows(
            IOException.class,
            () -> store.store(new SnapshotName(3, 1), checkpoint, () -> ++calls[0] > 3));

    // then
    assertTrue(failure.getMessage().contains("called off"));
    assertEquals(4, calls[0]);
    assertTrue(checkpoint.hasFailed);
    assertEquals(0, bytesOnDisk());
  }

  @Test
  void shouldNameTheFileAndTheWayOutIfARecordIsDamaged() throws IOException {
    // given
    var replica = new ModelReplica(random, 500);
    replica.create(3);
    store(replica.checkpoint());
    Path file = store.latest().files(directory.directory()).getFirst();
    byte[] content = Files.readAllBytes(file);
    for (int at = StateFormat.HEADER_BYTES; at < content.length - 40; at++) content[at] ^= 1;
    Files.write(file, content);

    // when
    long place = Places.of(0, StateFormat.HEADER_BYTES);
    var failure = assertThrows(ArchiveException.class, () -> store.archive().read(place));

    // then
    assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
    assertTrue(failure.getMessage().contains("Do something."), failure.getMessage());
  }

  @Test
  void shouldNotGoOnIfARecordThatIsToBeCopiedIsDamaged() throws IOException {
    // given
    store = new StateStore(directory(new CompactionLimits(0, 0.01, 8)), "Do something.");
    var replica = new ModelReplica(random, 500);
    replica.create(100);
    store(replica.checkpoint());
    Path file = store.latest().files(directory.directory()).getFirst();
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    replica.change(50);
    ModelCheckpoint checkpoint = replica.checkpoint();

    // when
    var failure =
        assertThrows(
            ArchiveException.class,
            () -> store.store(new SnapshotName(3, 99), checkpoint, () -> false));

    // then
    assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
    assertTrue(checkpoint.hasFailed);
  }
}
