package io.skep.adapter.raft.state;

import io.skep.domain.engine.store.ArchiveException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;

/// A file of records and tombstones that is open for reading.
final class StateFile implements AutoCloseable {
  /// Most records fit into so much, and reading it costs as much as reading less.
  private static final int FIRST_READ_BYTES = 2048;

  private final Path path;
  private final FileEntry entry;
  private final FileChannel channel;
  private final Sample sample;

  private StateFile(Path path, FileEntry entry, FileChannel channel, Sample sample) {
    this.path = path;
    this.entry = entry;
    this.channel = channel;
    this.sample = sample;
  }

  /// Opens a file and looks at its size, its beginning with all tombstones and its end. Records are
  /// checked as they are read.
  ///
  /// @param sample has seen all records, or is going to
  /// @throws IOException if it is not what the entry says; the message names the file
  static StateFile open(Path directory, UUID group, FileEntry entry, Sample sample)
      throws IOException {
    Path path = entry.in(directory);
    var channel = FileChannel.open(path, StandardOpenOption.READ);
    var file = new StateFile(path, entry, channel, sample);
    try {
      file.check(group);
      return file;
    } catch (IOException e) {
      channel.close();
      throw new IOException("'%s' %s".formatted(path, e.getMessage()), e);
    }
  }

  private void check(UUID group) throws IOException {
    long size = channel.size();
    if (size != entry.length()) {
      throw new IOException(
          "has %d bytes instead of %d, it is torn off or another".formatted(size, entry.length()));
    }
    StateFormat.checkHead(readFully(0, headBytes()), group, entry);
    long end = size - StateFormat.TRAILER_BYTES;
    StateFormat.checkTrailer(readFully(end, StateFormat.TRAILER_BYTES), entry);
  }

  private int headBytes() {
    return StateFormat.HEADER_BYTES + (int) entry.tombstoneBytes();
  }

  private ByteBuffer readFully(long offset, int bytes) throws IOException {
    var buffer = ByteBuffer.allocate(bytes);
    fill(buffer, offset, bytes);
    return buffer.flip();
  }

  /// Reads until the buffer holds so many bytes, or more.
  private void fill(ByteBuffer buffer, long offset, int atLeast) throws IOException {
    while (buffer.position() < atLeast) {
      if (channel.read(buffer, offset + buffer.position()) < 0)
        throw new IOException("is torn off");
    }
  }

  Path path() {
    return path;
  }

  FileEntry entry() {
    return entry;
  }

  Sample sample() {
    return sample;
  }

  /// Reads all tombstones.
  ///
  /// @throws IOException if they cannot be read; the message names the file
  ByteBuffer tombstones() throws IOException {
    try {
      return readFully(StateFormat.HEADER_BYTES, (int) entry.tombstoneBytes());
    } catch (IOException e) {
      throw new IOException("'%s' %s".formatted(path, e.getMessage()), e);
    }
  }

  /// Reads all records.
  RecordScan scan() throws IOException {
    return new RecordScan(path, channel, entry);
  }

  /// A buffer for [#read].
  static ByteBuffer scratch() {
    return ByteBuffer.allocateDirect(FIRST_READ_BYTES);
  }

  /// Reads one record.
  ///
  /// @param wayOut what to do if it is damaged, a sentence or more
  byte[] read(long offset, ByteBuffer scratch, String wayOut) {
    try {
      return read(offset, scratch);
    } catch (IOException e) {
      throw new ArchiveException(
          "Expected a record at byte %d of '%s', but it %s. %s"
              .formatted(
                  offset, path, e.getMessage() == null ? "fails: " + e : e.getMessage(), wayOut),
          e);
    }
  }

  private byte[] read(long offset, ByteBuffer scratch) throws IOException {
    long left = entry.length() - StateFormat.TRAILER_BYTES - offset;
    if (offset < headBytes() || left < StateFormat.RECORD_HEADER_BYTES)
      throw new IOException("has no place there");
    scratch.clear();
    fill(scratch, offset, StateFormat.RECORD_HEADER_BYTES);
    int length = scratch.getInt(8);
    if (length < 0 || length > left - StateFormat.RECORD_HEADER_BYTES)
      throw new IOException("is damaged: its length is wrong");
    int there = scratch.position();
    var crc = new CRC32C();
    crc.update(scratch.flip().limit(12));
    int checksum = scratch.limit(there).getInt();
    var bytes = new byte[length];
    int first = Math.min(length, scratch.remaining());
    scratch.get(bytes, 0, first);
    if (first < length) {
      long rest = offset + StateFormat.RECORD_HEADER_BYTES + first;
      var tail = ByteBuffer.wrap(bytes, first, length - first).slice();
      fill(tail, rest, length - first);
    }
    crc.update(bytes);
    if ((int) crc.getValue() != checksum)
      throw new IOException("is damaged: its checksum is wrong");
    return bytes;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return Arrays.asList(path, entry).toString();
  }
}
