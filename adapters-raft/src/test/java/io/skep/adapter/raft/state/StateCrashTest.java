package io.skep.adapter.raft.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.disk.CrashingDisk;
import io.skep.adapter.raft.disk.CrashingDisk.Crash;
import io.skep.adapter.raft.state.ModelReplica.ModelCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ends a checkpoint at each of its steps.
class StateCrashTest {
  private static final CompactionLimits SMALL = new CompactionLimits(1_000, 0.3, 4);

  private final long seed = Long.getLong("seed", System.nanoTime());

  @TempDir Path root;

  /// A store with some history, the same each time.
  private final class Scene {
    final CrashingDisk disk;
    final Path temporary;
    final StateDirectory directory;
    final StateStore store;
    final ModelReplica replica = new ModelReplica(new SplittableRandom(seed), 300);
    ModelCheckpoint before;
    ModelCheckpoint last;

    Scene(String name) throws IOException {
      Path here = root.resolve(name);
      disk = new CrashingDisk(here.resolve("graveyard"));
      temporary = here.resolve("tmp");
      directory =
          new StateDirectory(disk, here.resolve("sm"), temporary, StateStoreTest.GROUP, SMALL);
      directory.clear();
      store = new StateStore(directory, "");
      replica.create(300);
      for (int i = 1; i <= 4; i++) {
        replica.change(60);
        replica.end(30);
        checkpoint(i);
      }
      replica.change(150);
      replica.end(50);
    }

    void checkpoint(int index) throws IOException {
      before = last;
      last = replica.checkpoint();
      store.store(new SnapshotName(1, index), last, () -> false);
      store.removeOld(List.of());
    }

    /// Restores the newest manifest, as after a restart.
    KeptState restart() throws IOException {
      disk.recover();
      directory.clear();
      return KeptState.open(directory.manifests().getFirst(), StateStoreTest.GROUP, "");
    }
  }

  private int steps() throws IOException {
    var scene = new Scene("dry");
    int before = scene.disk.steps();
    scene.checkpoint(5);
    int steps = scene.disk.steps() - before;
    assertTrue(steps > 12, "only " + steps);
    assertTrue(scene.store.latest().files().size() < 5, "nothing was compacted, -Dseed=" + seed);
    return steps;
  }

  @Test
  void shouldLoseNothingWhereverItCrashes() throws IOException {
    int steps = steps();
    for (int step = 1; step <= steps; step++) {
      crashAt(step, false);
      crashAt(step, true);
    }
  }

  private void crashAt(int step, boolean powerCut) throws IOException {
    // given
    String message = "step %d, power cut %s, -Dseed=%d".formatted(step, powerCut, seed);
    var scene = new Scene(step + "-" + powerCut);
    TreeMap<Long, byte[]> old = scene.last.then;

    // when
    scene.disk.crashAt(step);
    assertThrows(Crash.class, () -> scene.checkpoint(5), message);
    if (powerCut) scene.disk.cutPower();

    // then
    try (var state = scene.restart()) {
      boolean isNew = state.manifest().name().index() == 5;
      assertTrue(isNew || !scene.last.isStored, message);
      ModelReplica.assertSame(isNew ? scene.last.then : old, ModelReplica.content(state), message);

      // and when
      scene.replica.restore(state);
      var store = new StateStore(scene.directory, "");
      store.adopt(state);
      scene.replica.change(20);
      ModelCheckpoint next = scene.replica.checkpoint();
      store.store(new SnapshotName(1, 6), next, () -> false);
      store.removeOld(List.of());

      // then
      try (var again = scene.restart()) {
        assertEquals(6, again.manifest().name().index(), message);
        ModelReplica.assertSame(next.then, ModelReplica.content(again), message);
      }
      checkNothingIsLeftOver(scene, store, message);
      store.close();
    }
  }

  private static void checkNothingIsLeftOver(Scene scene, StateStore store, String message)
      throws IOException {
    store.removeOld(List.of());
    long named;
    try (var older =
        KeptState.open(scene.directory.manifests().getLast(), StateStoreTest.GROUP, "")) {
      var files = new java.util.HashSet<>(older.manifest().files());
      files.addAll(store.latest().files());
      named = files.size() + 2L;
    }
    try (var files = Files.list(scene.directory.directory())) {
      assertEquals(named, files.count(), message);
    }
    try (var files = Files.list(scene.temporary)) {
      assertEquals(0, files.count(), message);
    }
  }

  @Test
  void shouldTryAgainWhateverFails() throws IOException {
    int steps = steps();
    for (int step = 1; step <= steps; step++) {
      // given
      String message = "step %d, -Dseed=%d".formatted(step, seed);
      var scene = new Scene("failing-" + step);

      // when
      scene.disk.failOnceAt(step);
      try {
        scene.checkpoint(5);
      } catch (IOException e) {
        assertTrue(e.getMessage().contains("No space left"), message);
      }

      // then
      assertTrue(scene.last.isStored != scene.last.hasFailed, message);
      scene.replica.checkReadable(scene.store.archive());
      scene.checkpoint(6);
      scene.replica.checkReadable(scene.store.archive());
      checkNothingIsLeftOver(scene, scene.store, message);
      try (var state = scene.restart()) {
        ModelReplica.assertSame(scene.last.then, ModelReplica.content(state), message);
      }
    }
  }
}
