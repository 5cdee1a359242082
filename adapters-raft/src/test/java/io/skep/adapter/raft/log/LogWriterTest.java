package io.skep.adapter.raft.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.disk.CrashingDisk;
import io.skep.adapter.raft.disk.CrashingDisk.Crash;
import io.skep.adapter.raft.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWriterTest {
  /// Holds about four entries.
  private static final int SEGMENT_BYTES = 4_096;

  private static final int MAX_ENTRY_BYTES = 100_000;

  @TempDir Path root;

  /// A log, and what is known to be in it.
  private final class Scene {
    final Path directory;
    final CrashingDisk disk;
    final List<String> appended = new ArrayList<>();
    LogWriter writer;
    int synced;

    Scene(String name) throws IOException {
      directory = Files.createDirectories(root.resolve(name));
      disk = new CrashingDisk(root.resolve(name + "-graveyard"));
    }

    List<String> read(LogReader.Found[] found) throws IOException {
      try (var mark = SyncedMark.open(directory)) {
        var tail = LogTail.read(directory, mark, MAX_ENTRY_BYTES, "");
        tail.checkEnd(-1);
        tail.mend();
      }
      var texts = new ArrayList<String>();
      found[0] =
          LogReader.read(
              directory,
              0,
              (_, index, content) -> {
                assertEquals(texts.size(), index);
                texts.add(new String(content, StandardCharsets.UTF_8));
              });
      return texts;
    }

    void open() throws IOException {
      var found = new LogReader.Found[1];
      List<String> texts = read(found);
      appended.clear();
      appended.addAll(texts);
      synced = texts.size();
      writer = LogWriter.open(directory, disk, found[0], found[0].next(), SEGMENT_BYTES);
    }

    void write(int entries) throws IOException {
      for (int i = 0; i < entries; i++) {
        String text = "%d-%s".formatted(appended.size(), "x".repeat(appended.size() % 7 * 300));
        writer.append(1, appended.size(), text.getBytes(StandardCharsets.UTF_8));
        appended.add(text);
      }
      writer.sync();
      synced = appended.size();
    }

    /// Over several files, with several entries for a sync at times.
    void work() throws IOException {
      open();
      for (int i = 1; i < 8; i++) write(i % 4);
      writer.close();
      open();
      write(3);
    }
  }

  @Test
  void shouldLoseNothingThatWasSyncedWhereverItCrashes() throws IOException {
    // given
    var whole = new Scene("whole");
    whole.work();
    int steps = whole.disk.steps();
    assertTrue(steps > 40, "steps: " + steps);

    for (int step = 1; step <= steps; step++) {
      for (boolean power : new boolean[] {false, true}) {
        var scene = new Scene("crash-%d-%s".formatted(step, power));
        scene.disk.crashAt(step);

        // when
        assertThrows(Crash.class, scene::work);
        if (power) scene.disk.cutPower();
        scene.disk.recover();

        // then
        var appended = List.copyOf(scene.appended);
        int synced = scene.synced;
        String how = "step %d, power cut: %s".formatted(step, power);
        var found = scene.read(new LogReader.Found[1]);
        assertTrue(found.size() >= synced, how);
        assertEquals(appended.subList(0, Math.min(found.size(), appended.size())), found, how);

        // when
        scene.open();
        scene.write(5);

        // then
        assertEquals(scene.appended, scene.read(new LogReader.Found[1]), how);
      }
    }
  }

  @Test
  void shouldTellOfEveryStepThatFails() throws IOException {
    // given
    var whole = new Scene("whole");
    whole.work();

    for (int step = 1; step <= whole.disk.steps(); step++) {
      var scene = new Scene("failing-" + step);
      scene.disk.failOnceAt(step);

      // when, then
      assertThrows(IOException.class, scene::work, "step " + step);
    }
  }

  @Test
  void shouldPurgeFilesWhoseEntriesAreAllBehind() throws IOException {
    // given
    var scene = new Scene("purge");
    scene.open();
    scene.write(40);
    var before = SegmentName.allIn(scene.directory);
    SegmentName second = before.get(1);

    // when
    scene.writer.purge(second.last() - 1);

    // then
    assertEquals(before.subList(1, before.size()), SegmentName.allIn(scene.directory));

    // when
    scene.writer.purge(second.last());

    // then
    assertEquals(before.subList(2, before.size()), SegmentName.allIn(scene.directory));

    // when: not even all of it lets the file go that is being written
    scene.writer.purge(Long.MAX_VALUE);

    // then
    assertEquals(List.of(before.getLast()), SegmentName.allIn(scene.directory));
  }

  @Test
  void shouldDropALogThatEndsBeforeTheSnapshot() throws IOException {
    // given
    var scene = new Scene("behind");
    scene.open();
    scene.write(10);
    scene.writer.close();
    var found = new LogReader.Found[1];
    scene.read(found);

    // when
    try (var writer = LogWriter.open(scene.directory, Disk.REAL, found[0], 50, SEGMENT_BYTES)) {
      writer.append(2, 50, new byte[] {1});
      writer.sync();
    }

    // then
    var after = SegmentName.allIn(scene.directory);
    assertEquals(1, after.size());
    assertEquals(50, after.getFirst().first());
  }

  @Test
  void shouldRefuseAGap() throws IOException {
    // given
    var scene = new Scene("gap");
    scene.open();
    scene.write(2);

    // when
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> scene.writer.append(1, 3, new byte[] {1}));

    // then
    assertEquals("Expected entry 2, but it is entry 3", refusal.getMessage());
    assertFalse(scene.appended.isEmpty());
  }
}
