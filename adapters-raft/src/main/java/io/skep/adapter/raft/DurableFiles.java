package io.skep.adapter.raft;

import io.skep.adapter.raft.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Files that are there in full or not at all, also after a power cut.
final class DurableFiles {
  private DurableFiles() {}

  /// Replaces a file's content.
  static void write(Path file, byte[] content) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    try (var channel = Disk.REAL.create(beside)) {
      Disk.REAL.write(channel, ByteBuffer.wrap(content));
      Disk.REAL.sync(channel);
    }
    publish(beside, file);
  }

  /// Gives a file that has been synced its name.
  static void publish(Path synced, Path name) throws IOException {
    Disk.REAL.rename(synced, name);
    // Without this, the new name may be gone after a power cut.
    Disk.REAL.syncDirectory(name.getParent());
  }
}
