package io.skep.adapter.raft;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/// Buffers, counts and sums what goes into a file.
final class ChecksummedOutput extends OutputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel channel;
  private final BooleanSupplier cancelled;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final CRC32C crc = new CRC32C();
  private final MessageDigest md5;
  private int filled;
  private long written;

  /// @param cancelled asked before each write; once it says yes, writing ends with an [IOException]
  ChecksummedOutput(FileChannel channel, BooleanSupplier cancelled) {
    this.channel = channel;
    this.cancelled = cancelled;
    try {
      this.md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected every JDK to know MD5", e);
    }
  }

  /// Bytes up to the last [#flush]. So are the sums.
  long written() {
    return written;
  }

  int crc() {
    return (int) crc.getValue();
  }

  /// Can be asked once.
  byte[] md5() {
    return md5.digest();
  }

  @Override
  public void write(int value) throws IOException {
    if (filled == buffer.length) flush();
    buffer[filled++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == buffer.length) flush();
      int count = Math.min(left, buffer.length - filled);
      System.arraycopy(bytes, from, buffer, filled, count);
      filled += count;
      from += count;
      left -= count;
    }
  }

  @Override
  public void flush() throws IOException {
    if (cancelled.getAsBoolean())
      throw new IOException("Expected to write a snapshot, but it was called off");
    crc.update(buffer, 0, filled);
    md5.update(buffer, 0, filled);
    var bytes = ByteBuffer.wrap(buffer, 0, filled);
    while (bytes.hasRemaining()) channel.write(bytes);
    written += filled;
    filled = 0;
  }

  /// Whoever opened the file closes it; what the state's writer does must not matter.
  @Override
  public void close() {}
}
