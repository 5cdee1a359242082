package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path directory;

  @Test
  void shouldTellWhatTheOperatingSystemSaysIsFree() throws Exception {
    // given
    var settings = new Cluster(directory, 1, 1).settings(0);
    Files.createDirectories(settings.dataDirectory());
    var disk = new DataDirectory(settings);

    // when
    long free = disk.freeBytes();

    // then: others write to it as well
    long expected = directory.toFile().getUsableSpace();
    assertTrue(Math.abs(free - expected) < expected / 2 + 1, () -> free + " of " + expected);
    assertEquals(settings.dataDirectory().toString(), disk.directory());
  }

  @Test
  void shouldTellOfADirectoryThatDoesNotExistYet() throws Exception {
    // when
    long free =
        new DataDirectory(new Cluster(directory.resolve("a/b"), 1, 1).settings(0)).freeBytes();

    // then
    assertTrue(free > 0);
  }
}
