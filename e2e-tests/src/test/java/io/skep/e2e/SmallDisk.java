package io.skep.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A file system of a few megabytes in memory, which really is full when it is. Only root may mount
/// one; whoever may not skips the test.
final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 64 << 10;

  final Path directory;
  private final Path ballast;

  private SmallDisk(Path directory) {
    this.directory = directory;
    this.ballast = directory.resolve("ballast");
  }

  static SmallDisk mount(Path directory, int megabytes) throws IOException {
    Files.createDirectories(directory);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString()),
        "This test needs a small file system of its own, and may not mount one");
    return new SmallDisk(directory);
  }

  private static boolean run(String... command) throws IOException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  long freeBytes() {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Somebody else writes a large file.
  ///
  /// @param leave how many bytes stay free, 0 for none at all
  void fill(long leave) throws IOException {
    try (var out = Files.newOutputStream(ballast)) {
      byte[] block = new byte[BLOCK];
      Arrays.fill(block, (byte) 1);
      while (freeBytes() > leave) out.write(block, 0, (int) Math.min(BLOCK, freeBytes() - leave));
    } catch (IOException e) {
      if (freeBytes() > leave) throw e;
    }
  }

  /// And deletes it.
  void clear() throws IOException {
    Files.deleteIfExists(ballast);
  }

  @Override
  public void close() throws IOException {
    // Lazily: a process that was killed a moment ago may still be letting go of its files.
    run("umount", "-l", directory.toString());
  }
}
