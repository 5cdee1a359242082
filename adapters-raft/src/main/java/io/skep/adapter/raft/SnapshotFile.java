package io.skep.adapter.raft;

import io.skep.port.out.Replica.FrozenState;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/// A snapshot's file: who and when, the state as the replica wrote it, and a trailer by which a
/// torn or damaged file is known. Numbers are big-endian.
///
/// Header: magic (8 bytes), format (4), the group (16), term (8), index (8). Then the state.
/// Trailer: the state's length (8), CRC-32C of everything before it (4), magic (8).
final class SnapshotFile {
  private static final long MAGIC = 0x534b4550_534e4150L; // SKEPSNAP
  private static final int FORMAT = 1;
  private static final int HEADER_BYTES = 8 + 4 + 16 + 8 + 8;
  private static final int TRAILER_BYTES = 8 + 4 + 8;
  private static final int BUFFER_BYTES = 1 << 16;

  private SnapshotFile() {}

  /// Whose state a snapshot holds, and as of when.
  record Identity(UUID group, long term, long index) {}

  /// Writes and syncs a file.
  ///
  /// @param cancelled asked now and then; once it says yes, writing ends with an [IOException]
  /// @return the file's MD5, by which Ratis checks what it sends to others
  static byte[] write(Path file, Identity identity, FrozenState state, BooleanSupplier cancelled)
      throws IOException {
    try (var channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        var out = new ChecksummedOutput(channel, cancelled)) {
      out.write(header(identity).array());
      state.writeTo(out);
      out.flush();
      var trailer = ByteBuffer.allocate(TRAILER_BYTES);
      trailer.putLong(out.written() - HEADER_BYTES).putInt(out.crc()).putLong(MAGIC);
      out.write(trailer.array());
      out.flush();
      channel.force(true);
      return out.md5();
    }
  }

  private static ByteBuffer header(Identity identity) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .putLong(MAGIC)
        .putInt(FORMAT)
        .putLong(identity.group().getMostSignificantBits())
        .putLong(identity.group().getLeastSignificantBits())
        .putLong(identity.term())
        .putLong(identity.index())
        .flip();
  }

  /// Reads the whole file once to see that it is what its name says and undamaged.
  ///
  /// @throws IOException if it is not; the message says what is wrong
  static void verify(Path file, Identity expected) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long length = channel.size();
      if (length < HEADER_BYTES + TRAILER_BYTES) {
        throw new IOException("it is torn off after %d bytes".formatted(length));
      }
      verifyHeader(read(channel, 0, HEADER_BYTES), expected);
      var trailer = read(channel, length - TRAILER_BYTES, TRAILER_BYTES);
      long stateBytes = trailer.getLong();
      int checksum = trailer.getInt();
      if (trailer.getLong() != MAGIC || stateBytes != length - HEADER_BYTES - TRAILER_BYTES) {
        throw new IOException(
            "it is torn off after %d bytes, or its end is damaged".formatted(length));
      }
      if (checksum(channel, HEADER_BYTES + stateBytes) != checksum)
        throw new IOException("its checksum is wrong");
    }
  }

  private static void verifyHeader(ByteBuffer header, Identity expected) throws IOException {
    if (header.getLong() != MAGIC) throw new IOException("it is not a snapshot");
    int format = header.getInt();
    if (format > FORMAT) {
      throw new IOException(
          "it has format %d and a newer version wrote it; this one knows %d"
              .formatted(format, FORMAT));
    }
    var found =
        new Identity(
            new UUID(header.getLong(), header.getLong()), header.getLong(), header.getLong());
    if (!found.equals(expected))
      throw new IOException("it is of %s, not of %s".formatted(found, expected));
  }

  private static ByteBuffer read(FileChannel channel, long position, int bytes) throws IOException {
    var buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0)
        throw new IOException("it is torn off");
    }
    return buffer.flip();
  }

  private static int checksum(FileChannel channel, long bytes) throws IOException {
    var crc = new CRC32C();
    var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    for (long at = 0; at < bytes; ) {
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, bytes - at));
      int count = channel.read(buffer, at);
      if (count < 0) throw new IOException("it is torn off");
      crc.update(buffer.flip());
      at += count;
    }
    return (int) crc.getValue();
  }

  /// The state in a file that has been verified.
  static InputStream open(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.READ);
    long stateBytes = channel.size() - HEADER_BYTES - TRAILER_BYTES;
    channel.position(HEADER_BYTES);
    return new BufferedInputStream(
        new Bounded(Channels.newInputStream(channel), stateBytes), BUFFER_BYTES);
  }

  /// Ends before the trailer.
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private long left;

    Bounded(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      if (left <= 0) return -1;
      int value = in.read();
      if (value >= 0) left--;
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left <= 0) return -1;
      int count = in.read(bytes, offset, (int) Math.min(length, left));
      if (count > 0) left -= count;
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
