package io.skep.adapter.raft.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// What changes files, so that a test can let each step fail, or be the last before a crash.
public interface Disk {
  Disk REAL = new Disk() {};

  /// Opens a file for writing; empties it if there is one.
  default FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  /// Opens a file that is there for writing, and leaves what is in it.
  default FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.WRITE);
  }

  default void write(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) file.write(bytes);
  }

  /// Does not move the file's own position.
  ///
  /// @param at offset of the first byte
  default void write(FileChannel file, ByteBuffer bytes, long at) throws IOException {
    for (long next = at; bytes.hasRemaining(); ) next += file.write(bytes, next);
  }

  default void sync(FileChannel file) throws IOException {
    file.force(true);
  }

  /// Leaves out what is not needed to read the content again, such as times.
  default void syncContent(FileChannel file) throws IOException {
    file.force(false);
  }

  default void truncate(FileChannel file, long bytes) throws IOException {
    file.truncate(bytes);
  }

  default void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Without this, new names may be gone after a power cut.
  default void syncDirectory(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  default void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
