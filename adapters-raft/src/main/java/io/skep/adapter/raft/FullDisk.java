package io.skep.adapter.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Tells a disk that is full, and may have room again, from one that fails.
final class FullDisk {
  private static final List<String> SAID =
      List.of("No space left on device", "Disk quota exceeded");

  /// Fewer than a checkpoint syncs at a time.
  private static final long NOTHING_LEFT_BYTES = 4 << 20;

  private FullDisk() {}

  /// Whether a write or sync in that directory failed for want of room. What the operating system
  /// says of it depends on its language, so the disk is asked as well.
  static boolean isCauseOf(IOException failure, Path directory) {
    String message = String.valueOf(failure.getMessage());
    if (SAID.stream().anyMatch(message::contains)) return true;
    try {
      return Files.getFileStore(directory).getUsableSpace() < NOTHING_LEFT_BYTES;
    } catch (IOException e) {
      return false;
    }
  }
}
