package io.skep.adapter.raft;

import io.skep.domain.cluster.Address;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Bytes of what members tell each other. Numbers are big-endian; a text is its length in two bytes
/// and UTF-8.
final class Frame {
  private static final int MAX_TEXT_BYTES = 1_024;

  private Frame() {}

  /// Bytes that are not what they should be.
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /// Puts bytes together.
  static final class Writer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final DataOutputStream out = new DataOutputStream(bytes);

    Writer u8(int value) {
      return write(() -> out.writeByte(value));
    }

    Writer u16(int value) {
      return write(() -> out.writeShort(value));
    }

    Writer i32(int value) {
      return write(() -> out.writeInt(value));
    }

    Writer i64(long value) {
      return write(() -> out.writeLong(value));
    }

    Writer text(String text) {
      byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
      if (encoded.length > MAX_TEXT_BYTES) {
        throw new IllegalArgumentException(
            "Expected a text of at most %d bytes, but it has %d"
                .formatted(MAX_TEXT_BYTES, encoded.length));
      }
      return write(
          () -> {
            out.writeShort(encoded.length);
            out.write(encoded);
          });
    }

    Writer block(byte[] block) {
      return write(
          () -> {
            out.writeInt(block.length);
            out.write(block);
          });
    }

    /// Bytes as they are, without their length.
    Writer raw(byte[] raw) {
      return write(() -> out.write(raw));
    }

    /// @param address or `null`
    Writer address(Address address) {
      return address == null ? text("").u16(0) : text(address.host()).u16(address.port());
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }

    private interface Part {
      void write() throws IOException;
    }

    private Writer write(Part part) {
      try {
        part.write();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Takes bytes apart. Whatever they say, it neither reads beyond them nor takes more memory than
  /// they are long.
  static final class Reader {
    private final ByteBuffer bytes;

    Reader(byte[] bytes) {
      this(ByteBuffer.wrap(bytes));
    }

    private Reader(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    private ByteBuffer expect(int count, String what) throws MalformedException {
      if (bytes.remaining() >= count && count >= 0) return bytes;
      throw new MalformedException(
          "Expected %s of %d bytes at %d, but %d are left"
              .formatted(what, count, bytes.position(), bytes.remaining()));
    }

    int u8(String what) throws MalformedException {
      return expect(1, what).get() & 0xff;
    }

    int u16(String what) throws MalformedException {
      return expect(2, what).getShort() & 0xffff;
    }

    int i32(String what) throws MalformedException {
      return expect(4, what).getInt();
    }

    long i64(String what) throws MalformedException {
      return expect(8, what).getLong();
    }

    String text(String what) throws MalformedException {
      int length = u16(what);
      if (length > MAX_TEXT_BYTES) {
        throw new MalformedException(
            "Expected %s of at most %d bytes, but it has %d"
                .formatted(what, MAX_TEXT_BYTES, length));
      }
      byte[] encoded = new byte[length];
      expect(length, what).get(encoded);
      return new String(encoded, StandardCharsets.UTF_8);
    }

    byte[] block(String what) throws MalformedException {
      byte[] block = new byte[blockLength(what)];
      bytes.get(block);
      return block;
    }

    /// A part of its own. What is left in it when everything known has been read comes from a newer
    /// version.
    Reader part(String what) throws MalformedException {
      int length = blockLength(what);
      var part = new Reader(bytes.slice(bytes.position(), length));
      bytes.position(bytes.position() + length);
      return part;
    }

    private int blockLength(String what) throws MalformedException {
      int length = i32(what);
      expect(length, what);
      return length;
    }

    /// Whether everything has been read.
    boolean isAtEnd() {
      return !bytes.hasRemaining();
    }

    /// @return `null` if there is none
    Address address(String what) throws MalformedException {
      String host = text(what);
      int port = u16(what);
      return host.isEmpty() ? null : new Address(host, port);
    }

    /// How many parts follow.
    ///
    /// @param bytesEach how long a part is at least
    int count(int bytesEach, String what) throws MalformedException {
      int count = i32(what);
      if (count >= 0 && count <= bytes.remaining() / bytesEach) return count;
      throw new MalformedException(
          "Expected %d %s, but only %d bytes are left".formatted(count, what, bytes.remaining()));
    }
  }
}
