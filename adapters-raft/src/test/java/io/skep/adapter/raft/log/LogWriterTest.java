package io.skep.adapter.raft.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.disk.CrashingDisk;
import io.skep.adapter.raft.disk.CrashingDisk.Crash;
import io.skep.adapter.raft.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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
    int purged;

    /// As of when there is a snapshot.
    long restored = -1;

    Scene(String name) throws IOException {
      directory = Files.createDirectories(root.resolve(name));
      disk = new CrashingDisk(root.resolve(name + "-graveyard"));
    }

    /// Reads what is there.
    ///
    /// @return the texts by their index
    TreeMap<Long, String> read(LogReader.Found[] found) throws IOException {
      long end;
      try (var mark = SyncedMark.open(directory)) {
        var tail = LogTail.read(directory, mark, MAX_ENTRY_BYTES, "");
        tail.checkEnd(restored);
        tail.mend();
        end = tail.next();
      }
      var texts = new TreeMap<Long, String>();
      found[0] =
          LogReader.read(
              directory,
              0,
              end,
              (_, index, content) -> {
                assertTrue(texts.isEmpty() || texts.lastKey() == index - 1);
                texts.put(index, new String(content, StandardCharsets.UTF_8));
                return true;
              });
      return texts;
    }

    /// What is there must be all that was synced, but for what was purged, and nothing that was not
    /// appended.
    void check(String how) throws IOException {
      var found = new LogReader.Found[1];
      TreeMap<Long, String> texts = read(found);
      assertTrue(found[0].next() >= synced, how);
      if (!texts.isEmpty()) assertTrue(texts.firstKey() <= purged, how);
      texts.forEach((index, text) -> assertEquals(appended.get(index.intValue()), text, how));
    }

    void open() throws IOException {
      var found = new LogReader.Found[1];
      read(found);
      int next = (int) found[0].next();
      while (appended.size() > next) appended.removeLast();
      synced = next;
      writer = LogWriter.open(directory, disk, found[0], next, SEGMENT_BYTES);
    }

    void write(int entries) throws IOException {
      for (int i = 0; i < entries; i++) {
        String text = "%d-%s".formatted(appended.size(), "x".repeat(appended.size() % 7 * 300));
        appended.add(text);
        assertEquals(appended.size() - 1, writer.append(1, text.getBytes(StandardCharsets.UTF_8)));
      }
      writer.sync();
      synced = appended.size();
    }

    void purge(int index) throws IOException {
      purged = index + 1;
      writer.purge(index);
    }

    /// Over several files, with several entries for a sync at times, and starts without entries.
    void work() throws IOException {
      open();
      writer.close();
      open();
      for (int i = 1; i < 8; i++) write(i % 4);
      writer.close();
      open();
      write(3);
      purge(9);
      write(1);
      writer.trim();
      writer.close();
    }
  }

  /// A log that was closed.
  private Scene written(String name, int entries) throws IOException {
    var scene = new Scene(name);
    scene.open();
    scene.write(entries);
    scene.writer.close();
    return scene;
  }

  @Test
  void shouldLoseNothingThatWasSyncedWhereverItCrashes() throws IOException {
    // given
    var whole = new Scene("whole");
    whole.work();
    int steps = whole.disk.steps();
    assertTrue(steps > 50, "steps: " + steps);

    for (int step = 1; step <= steps; step++) {
      for (boolean power : new boolean[] {false, true}) {
        var scene = new Scene("crash-%d-%s".formatted(step, power));
        scene.disk.crashAt(step);

        // when
        assertThrows(Crash.class, scene::work);
        if (power) scene.disk.cutPower();
        scene.disk.recover();

        // then
        String how = "step %d, power cut: %s".formatted(step, power);
        scene.check(how);

        // when
        scene.open();
        scene.write(5);

        // then
        scene.check(how);
      }
    }
  }

  @Test
  void shouldTellOfEveryStepThatFailsAndGoOnAfterTheNextStart() throws IOException {
    // given
    var whole = new Scene("whole");
    whole.work();

    for (int step = 1; step <= whole.disk.steps(); step++) {
      var scene = new Scene("failing-" + step);
      scene.disk.failOnceAt(step);

      // when, then
      assertThrows(IOException.class, scene::work, "step " + step);
      scene.check("step " + step);

      // when
      scene.open();
      scene.write(5);

      // then
      scene.check("step " + step);
    }
  }

  @Test
  void shouldSyncNothingMoreAfterAWriteHasFailed() throws IOException {
    // given
    var failing =
        new Disk() {
          private boolean fails;

          @Override
          public void write(FileChannel file, ByteBuffer bytes, long at) throws IOException {
            if (fails) throw new IOException("cannot write");
            Disk.super.write(file, bytes, at);
          }
        };
    var scene = new Scene("failing");
    scene.open();
    var found = new LogReader.Found[1];
    scene.read(found);
    try (var writer =
        LogWriter.open(scene.directory, failing, found[0], found[0].next(), SEGMENT_BYTES)) {
      writer.append(1, new byte[] {'x'});
      failing.fails = true;
      var large = new byte[2 * LogWriter.BUFFER_BYTES];
      assertThrows(IOException.class, () -> writer.append(1, large));

      // when
      failing.fails = false;

      // then
      assertThrows(IOException.class, writer::sync);
      assertThrows(IOException.class, () -> writer.append(1, new byte[] {'y'}));
    }
  }

  /// A disk that holds a thread up in one step, and then fails it.
  private static final class HangingDisk implements Disk {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch failing = new CountDownLatch(1);
    volatile boolean hangsInWrite;
    volatile boolean hangsInSync;

    private void hang() throws IOException {
      hangsInWrite = false;
      hangsInSync = false;
      reached.countDown();
      try {
        assertTrue(failing.await(30, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      throw new IOException("the disk fails");
    }

    @Override
    public void write(FileChannel file, ByteBuffer bytes, long at) throws IOException {
      if (hangsInWrite) hang();
      Disk.super.write(file, bytes, at);
    }

    @Override
    public void syncContent(FileChannel file) throws IOException {
      if (hangsInSync) hang();
      Disk.super.syncContent(file);
    }

    void awaitHanging() throws InterruptedException {
      assertTrue(reached.await(30, TimeUnit.SECONDS));
    }

    /// Once a thread waits for the one that hangs.
    void failOnceBlocked(Thread thread) throws InterruptedException {
      while (thread.isAlive() && thread.getState() != Thread.State.BLOCKED) Thread.sleep(1);
      failing.countDown();
    }
  }

  /// Two threads at a log, one of which hangs and fails.
  private final class Race implements AutoCloseable {
    final Scene scene;
    final HangingDisk disk = new HangingDisk();
    final LogWriter writer;

    Race(String name, int segmentBytes) throws IOException {
      scene = new Scene(name);
      writer =
          LogWriter.open(
              scene.directory, disk, new LogReader.Found(List.of(), 0, 0), 0, segmentBytes);
    }

    /// @param hangs what is held up by the disk
    /// @param waits what comes meanwhile
    /// @return what both ended with
    List<Throwable> run(Executable hangs, Executable waits) throws InterruptedException {
      var ends = new Throwable[2];
      Thread first = Thread.ofPlatform().start(() -> ends[0] = endOf(hangs));
      disk.awaitHanging();
      Thread second = Thread.ofPlatform().start(() -> ends[1] = endOf(waits));
      disk.failOnceBlocked(second);
      first.join();
      second.join();
      return Arrays.asList(ends);
    }

    private static Throwable endOf(Executable step) {
      try {
        step.execute();
        return null;
      } catch (Throwable e) {
        return e;
      }
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }

  @Test
  void shouldSyncNothingThatWaitedForAWriteThatFailed() throws Exception {
    try (var race = new Race("write", 4 * LogWriter.BUFFER_BYTES)) {
      // given
      race.writer.append(1, new byte[] {'x'});
      race.disk.hangsInWrite = true;

      // when
      var large = new byte[2 * LogWriter.BUFFER_BYTES];
      List<Throwable> ends = race.run(() -> race.writer.append(1, large), race.writer::sync);

      // then
      for (Throwable end : ends) assertInstanceOf(IOException.class, end);
    }
  }

  @Test
  void shouldSealNoFileAfterASyncThatFailed() throws Exception {
    try (var race = new Race("sync", SEGMENT_BYTES)) {
      // given
      race.writer.append(1, new byte[SEGMENT_BYTES / 2]);
      race.disk.hangsInSync = true;

      // when
      List<Throwable> ends =
          race.run(race.writer::sync, () -> race.writer.append(1, new byte[SEGMENT_BYTES]));

      // then
      for (Throwable end : ends) assertInstanceOf(IOException.class, end);
      assertEquals(
          List.of(SegmentName.open(race.scene.directory, 0)),
          SegmentName.allIn(race.scene.directory));
    }
  }

  @Test
  void shouldTakeEntriesWhileOthersAreSynced() throws Exception {
    // given
    int entries = 5_000;
    var scene = new Scene("busy");
    scene.open();
    scene.writer.close();
    var found = new LogReader.Found[1];
    scene.read(found);
    var appended = new AtomicInteger();
    var synced = new AtomicInteger();
    var failure = new AtomicReference<Throwable>();

    // when
    try (var writer =
        LogWriter.open(scene.directory, Disk.REAL, found[0], found[0].next(), 64 * 1024)) {
      Runnable sync =
          () -> {
            try {
              while (synced.get() < entries) {
                int upTo = appended.get();
                writer.sync();
                synced.set(upTo);
              }
            } catch (Throwable e) {
              failure.set(e);
            }
          };
      Thread syncing = Thread.ofPlatform().start(sync);
      for (int i = 0; i < entries; i++) {
        String text = "%d-%s".formatted(i, "x".repeat(i % 7 * 300));
        scene.appended.add(text);
        writer.append(1, text.getBytes(StandardCharsets.UTF_8));
        appended.set(i + 1);
      }
      syncing.join(30_000);
      assertNull(failure.get());
    }

    // then
    scene.synced = entries;
    scene.check("all");
    assertEquals(entries, scene.read(found).size());
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
  void shouldDropALogThatEndsBeforeTheSnapshotWhereverItCrashes() throws IOException {
    boolean synced = false;
    for (int step = 1; !synced; step++) {
      // given
      var scene = written("behind-" + step, 10);
      var found = new LogReader.Found[1];
      scene.read(found);
      scene.restored = 49;
      scene.disk.crashAt(step);

      // when
      try {
        goOnAt50(scene, found[0]);
        synced = true;
      } catch (Crash crash) {
        assertTrue(scene.disk.hasFailed());
      }
      scene.disk.cutPower();
      scene.disk.recover();

      // then: the end of the old log, nothing, or the new one
      scene.read(found);
      var ends = synced ? Set.of(51L) : Set.of(10L, 0L, 50L);
      assertTrue(ends.contains(found[0].next()), "step %d: %d".formatted(step, found[0].next()));

      // when
      if (!synced) goOnAt50(scene, found[0]);

      // then
      scene.read(found);
      assertEquals(51, found[0].next());
      assertEquals(50, SegmentName.allIn(scene.directory).getFirst().first());
    }
  }

  /// A snapshot makes up for what is before.
  private static void goOnAt50(Scene scene, LogReader.Found found) throws IOException {
    try (var writer = LogWriter.open(scene.directory, scene.disk, found, 50, SEGMENT_BYTES)) {
      assertEquals(50, writer.append(2, new byte[] {1}));
      writer.sync();
    }
  }

  @Test
  void shouldGoOnAfterAFileThatIsNamedFullAndCutOff() throws IOException {
    // given
    var scene = written("cut", 20);
    SegmentName open = SegmentName.allIn(scene.directory).getLast();
    Files.delete(open.file());
    SegmentName last = SegmentName.allIn(scene.directory).getLast();
    long bytes;
    try (var file = new SegmentFile(last.file())) {
      bytes = file.entryAt(SegmentFile.HEADER_BYTES).end();
    }
    try (var channel = Disk.REAL.open(last.file())) {
      channel.truncate(bytes);
    }

    // when
    scene.open();
    scene.write(5);
    scene.writer.close();
    scene.open();

    // then
    assertEquals(last.first() + 6, scene.synced);
    assertFalse(Files.exists(last.file()));
  }

  @Test
  void shouldNotGoOnIfLessIsReadThanBefore() throws IOException {
    // given
    var scene = written("less", 20);
    var names = SegmentName.allIn(scene.directory);
    Files.delete(names.get(1).file());

    // when
    var refusal =
        assertThrows(
            IOException.class, () -> LogReader.read(scene.directory, 0, 20, (_, _, _) -> true));

    // then
    assertTrue(refusal.getMessage().contains(names.get(2).file().toString()), refusal.getMessage());
    assertThrows(
        IOException.class,
        () -> LogReader.read(scene.directory, names.get(2).first(), 21, (_, _, _) -> true));
  }

  /// `LogSizeTest` counts on it.
  @Test
  void shouldPutAtMostFortyBytesAroundAnEntry() throws IOException {
    // given
    var content = new byte[800];
    var none = new LogReader.Found(List.of(), 0, 0);
    int first = 1_000_000;

    // when
    try (var writer = LogWriter.open(root, Disk.REAL, none, first, 1 << 20)) {
      writer.append(100, content);
      writer.sync();
    }

    // then
    try (var file = new SegmentFile(SegmentName.open(root, first).file())) {
      long bytes = file.entryAt(SegmentFile.HEADER_BYTES).bytes();
      assertTrue(bytes <= content.length + 40, "bytes: " + bytes);
    }
  }
}
