package io.skep.adapter.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files that are there in full or not at all, also after a power cut.
final class DurableFiles {
  private DurableFiles() {}

  /// Replaces a file's content.
  static void write(Path file, byte[] content) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    try (var channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      var buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) channel.write(buffer);
      channel.force(true);
    }
    publish(beside, file);
  }

  /// Gives a file that has been synced its name.
  static void publish(Path synced, Path name) throws IOException {
    Files.move(synced, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // Without this, the new name may be gone after a power cut.
    syncNames(name.getParent());
  }

  /// Has the disk keep the names that files have in a directory.
  static void syncNames(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
