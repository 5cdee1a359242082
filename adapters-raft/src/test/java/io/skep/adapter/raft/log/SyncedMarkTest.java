package io.skep.adapter.raft.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncedMarkTest {
  @TempDir Path directory;

  @Test
  void shouldKnowNothingAtFirst() throws IOException {
    // when
    try (var mark = SyncedMark.open(directory)) {
      // then
      assertEquals(-1, mark.index());
      assertFalse(mark.covers(0, 0));
    }
  }

  @Test
  void shouldRememberTheHighestEntryOverARestart() throws IOException {
    // given
    try (var mark = SyncedMark.open(directory)) {
      mark.raise(3, 70);
      mark.raise(3, 60);
    }

    // when
    try (var mark = SyncedMark.open(directory)) {
      // then
      assertEquals(70, mark.index());
      assertTrue(mark.covers(3, 70));
      assertFalse(mark.covers(3, 71));
    }
  }

  @Test
  void shouldNotCountOnEntriesOfATermThatALaterOneHasReplaced() throws IOException {
    // given
    try (var mark = SyncedMark.open(directory)) {
      mark.raise(3, 70);

      // then
      assertTrue(mark.covers(2, 60));
      assertFalse(mark.covers(4, 60));
    }
  }

  @Test
  void shouldForgetWhatIsDroppedAndNotBeTalkedIntoItAgainAtOnce() throws IOException {
    // given
    try (var mark = SyncedMark.open(directory)) {
      mark.raise(3, 70);

      // when
      mark.lower(50);
      mark.raise(3, 70);
    }

    // then
    try (var mark = SyncedMark.open(directory)) {
      assertEquals(50, mark.index());
    }
  }

  @Test
  void shouldKnowNothingIfItIsDamagedAtAnyByte() throws IOException {
    // given
    try (var mark = SyncedMark.open(directory)) {
      mark.raise(3, 70);
    }
    Path file = directory.resolve("synced");
    byte[] whole = Files.readAllBytes(file);

    for (int i = 0; i < whole.length; i++) {
      // when
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x10;
      Files.write(file, damaged);

      // then
      try (var mark = SyncedMark.open(directory)) {
        assertEquals(-1, mark.index(), "byte " + i);
      }
    }
  }
}
