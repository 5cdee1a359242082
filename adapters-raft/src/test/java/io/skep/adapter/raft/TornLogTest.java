package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.Cluster.Broker;
import io.skep.adapter.raft.log.LogTail;
import io.skep.adapter.raft.log.SyncedMark;
import io.skep.port.out.LogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a power cut in the middle of writes, and what a bad disk, leave of a log, whoever wrote it.
@ParameterizedClass
@EnumSource
class TornLogTest {
  private static final int ENTRIES = 260;
  private static final int SECTOR = 512;
  private static final int PREALLOCATED = 40_000;
  private static final long SEED = Long.getLong("seed", System.nanoTime());

  @TempDir static Path origin;
  @TempDir Path directory;
  @Parameter Cluster.Kind kind;

  private static RealLog log;
  private static List<String> texts;

  @BeforeParameterizedClassInvocation
  static void write(Cluster.Kind kind) throws IOException {
    System.out.println("Repeat with -Dseed=" + SEED);
    var random = new SplittableRandom(SEED);
    Path here = origin.resolve(kind.name());
    try (var cluster = new Cluster(here, 1, 1)) {
      cluster.kind = kind;
      cluster.name = "torn";
      cluster.start(0);
      Broker broker = cluster.leader(1);
      for (int i = 0; i < ENTRIES; i++) broker.commit(text(i, random));
      texts = List.copyOf(broker.replica().state);
    }
    log = new RealLog(RealLog.open(here));
    assertTrue(log.entries.size() >= ENTRIES);
    assertEquals(log.bytes.length, log.ends[last()]);
  }

  /// Short ones at the end, so that there are many ways to tear a few of them. Some have zeros of
  /// their own.
  private static String text(int number, SplittableRandom random) {
    int length = number % 7 == 0 ? random.nextInt(1_000, 6_000) : random.nextInt(10, 300);
    return number + (random.nextInt(4) == 0 ? "\0" : "x").repeat(length);
  }

  private static int last() {
    return log.entries.size() - 1;
  }

  /// The log with another content, and what its broker remembers.
  ///
  /// @param known the entry that is known to be synced, -1 if none is
  private Path put(byte[] content, int known) throws IOException {
    Path file = directory.resolve(log.file.getFileName());
    Files.write(file, content);
    Files.deleteIfExists(directory.resolve("synced"));
    try (var mark = SyncedMark.open(directory)) {
      if (known >= 0) mark.raise(log.term(known), log.index(known));
    }
    return file;
  }

  private void mend() throws IOException {
    try (var mark = SyncedMark.open(directory)) {
      LogTail tail = RealLog.look(directory, mark);
      tail.checkEnd(-1);
      tail.mend();
    }
  }

  /// All entries up to one at least, and none but those that were written.
  private void assertKept(Path file, int synced, String how) throws IOException {
    var found = RealLog.ratisReads(file);
    assertTrue(found.size() > synced, () -> how + ": kept " + found.size() + " of " + synced);
    assertEquals(log.entries.subList(0, found.size()), found, how);
  }

  @Test
  void shouldCutOffTheLastEntryWhereverItIsTorn() throws IOException {
    int synced = last() - 2;
    for (int at = (int) log.ends[synced]; at < log.bytes.length; at++) {
      for (int padding : new int[] {0, PREALLOCATED}) {
        // given
        byte[] content = Arrays.copyOf(Arrays.copyOf(log.bytes, at), at + padding);
        Path file = put(content, synced);

        // when
        mend();

        // then
        assertKept(file, synced, "torn at %d, padding %d".formatted(at, padding));
      }
    }
  }

  @Test
  void shouldCutOffWhatAPowerCutHasLeftOfSeveralEntries() throws IOException {
    var random = new SplittableRandom(SEED);
    for (int round = 0; round < 1_500; round++) {
      // given
      int synced = last() - random.nextInt(1, 100);
      int known = synced - random.nextInt(0, 100);
      int unit = random.nextBoolean() ? SECTOR : 8 * SECTOR;
      byte[] content = log.padded(random.nextBoolean() ? PREALLOCATED : 0);
      int from = (int) log.ends[synced];
      for (int at = from - from % unit; at < content.length; at += unit) {
        if (random.nextBoolean()) continue;
        Arrays.fill(content, Math.max(at, from), Math.min(at + unit, content.length), (byte) 0);
      }
      if (random.nextInt(4) == 0)
        content = Arrays.copyOf(content, random.nextInt(from, content.length));
      Path file = put(content, random.nextInt(8) == 0 ? -1 : known);

      // when
      mend();

      // then
      assertKept(file, synced, "round %d, -Dseed=%d".formatted(round, SEED));
    }
  }

  @Test
  void shouldCutOffNothingOfALogThatIsWhole() throws IOException {
    for (int padding : new int[] {0, 1, PREALLOCATED}) {
      // given
      Path file = put(log.padded(padding), last());

      // when
      mend();

      // then
      assertEquals(log.entries, RealLog.ratisReads(file));
    }
  }

  @Test
  void shouldRefuseAnyDamageOfWhatIsKnownToBeSynced() throws IOException {
    var random = new SplittableRandom(SEED);
    for (int round = 0; round < 400; round++) {
      // given
      byte[] content = log.padded(PREALLOCATED);
      int at = random.nextInt(RealLog.HEADER_BYTES, log.bytes.length);
      String how = damage(content, at, random);
      if (Arrays.equals(content, log.padded(PREALLOCATED))) continue;
      Path file = put(content, last());

      // when
      var refusal = assertThrows(LogException.class, this::mend, how);

      // then
      assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
      assertTrue(refusal.getMessage().endsWith("The way out."), refusal.getMessage());
      assertEquals(content.length, Files.size(file), how);
    }
  }

  private static String damage(byte[] content, int at, SplittableRandom random) {
    if (random.nextBoolean()) {
      content[at] ^= (byte) (1 << random.nextInt(8));
      return "bit at %d, -Dseed=%d".formatted(at, SEED);
    }
    int sector = Math.max(RealLog.HEADER_BYTES, at - at % SECTOR);
    Arrays.fill(content, sector, Math.min(at - at % SECTOR + SECTOR, log.bytes.length), (byte) 0);
    return "sector at %d, -Dseed=%d".formatted(sector, SEED);
  }

  @Test
  void shouldRefuseALogThatEndsBeforeWhatIsKnownToBeSynced() throws IOException {
    // given
    put(Arrays.copyOf(log.bytes, (int) log.ends[last() - 1]), last());

    // when
    var refusal = assertThrows(LogException.class, this::mend);

    // then
    assertTrue(
        refusal.getMessage().contains("Expected entries up to " + log.index(last())),
        refusal.getMessage());
    assertTrue(refusal.getMessage().contains(directory.toString()), refusal.getMessage());
  }

  @Test
  void shouldRefuseAHoleBeforeMoreEntriesThanAreEverUnsynced() throws IOException {
    // given
    byte[] content = log.padded(PREALLOCATED);
    int hole = (int) log.ends[last() - LogTail.UNSYNCED_ENTRIES - 40];
    Arrays.fill(content, hole, hole - hole % SECTOR + 3 * SECTOR, (byte) 0);
    Path file = put(content, -1);

    // when
    var refusal = assertThrows(LogException.class, this::mend);

    // then
    assertTrue(refusal.getMessage().contains("come after it"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("byte %d of '%s'".formatted(hole, file)));
  }

  @Test
  void shouldRefuseDamageThatNoInterruptedWriteLeaves() throws IOException {
    // given
    int damaged = lastWithoutZeros();
    byte[] content = Arrays.copyOf(log.bytes, (int) log.ends[damaged]);
    content[content.length - 10] ^= 1;
    put(Arrays.copyOf(content, content.length + PREALLOCATED), -1);

    // when
    var refusal = assertThrows(LogException.class, this::mend);

    // then
    assertTrue(
        refusal.getMessage().contains("not as by a write that was interrupted"),
        refusal.getMessage());
  }

  /// Where there are zeros anyway, some may be missing as well. Not one of Ratis' own either, which
  /// are of a few bytes.
  private static int lastWithoutZeros() {
    int found = last();
    while (log.bytes[(int) log.ends[found] - 1] == 0
        || !log.entries.get(found).hasStateMachineLogEntry()
        || log.entries
            .get(found)
            .getStateMachineLogEntry()
            .getLogData()
            .toStringUtf8()
            .contains("\0")) {
      found--;
    }
    return found;
  }

  @Test
  void shouldSayWhatToDoIfEntriesAreLargerThanTheyMayBeNow() throws IOException {
    // given
    Path file = put(log.bytes, last());

    // when
    LogException refusal;
    try (var mark = SyncedMark.open(directory)) {
      refusal =
          assertThrows(
              LogException.class, () -> LogTail.read(directory, mark, 900, "The way out."));
    }

    // then
    assertTrue(
        refusal
            .getMessage()
            .startsWith("Expected entries of at most 900 bytes in '%s', but".formatted(file)),
        refusal.getMessage());
    assertTrue(refusal.getMessage().contains("maxMessageSize"), refusal.getMessage());
  }

  @Test
  void shouldTakeABlankFileForOneThatNothingWasWrittenTo() throws IOException {
    for (int headerBytes = 0; headerBytes <= RealLog.HEADER_BYTES; headerBytes++) {
      // given
      byte[] content = Arrays.copyOf(Arrays.copyOf(log.bytes, headerBytes), PREALLOCATED);
      Path file = put(content, -1);

      // when
      mend();

      // then
      assertEquals(List.of(), RealLog.ratisReads(file));
    }
  }

  @Test
  void shouldRefuseEntriesWithoutTheHeaderBeforeThem() throws IOException {
    // given
    byte[] content = log.padded(PREALLOCATED);
    Arrays.fill(content, 0, RealLog.HEADER_BYTES, (byte) 0);
    Path file = put(content, -1);

    // when
    var refusal = assertThrows(LogException.class, this::mend);

    // then
    assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
    // By itself Ratis takes such a file for an empty one, and deletes it.
    assertEquals(List.of(), RealLog.ratisReads(file));
  }

  /// Should Ratis one day mend its log by itself, less is needed here.
  @Test
  void shouldBeNeededForAllButTheEndOfTheFile() throws IOException {
    // given
    int torn = lastWithoutZeros();
    int begin = (int) log.ends[torn - 1];

    // when, then: cut off by the end of the file
    Path cut = put(Arrays.copyOf(log.bytes, begin + 20), -1);
    assertEquals(log.entries.subList(0, torn), RealLog.ratisReads(cut));

    // when, then: zeros from some byte on, but not within the two bytes of the length, as the
    // first of them may look like the end; the entry's own length still ends within the file
    for (int there : new int[] {2, 20}) {
      byte[] content = Arrays.copyOf(Arrays.copyOf(log.bytes, begin + there), (int) log.ends[torn]);
      Path file = put(content, -1);
      assertThrows(IOException.class, () -> RealLog.ratisReads(file));
    }

    // when, then: zeros in place of the first bytes
    byte[] hole = Arrays.copyOf(log.bytes, (int) log.ends[torn]);
    Arrays.fill(hole, begin, begin + 5, (byte) 0);
    Path file = put(hole, -1);
    assertThrows(IOException.class, () -> RealLog.ratisReads(file));
  }
}
