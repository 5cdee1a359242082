package io.skep.domain.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Reads what [StateWriter] wrote.
public final class StateReader {
  private final byte[] bytes;
  private final int end;
  private int at;

  public StateReader(byte[] bytes) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  public boolean atEnd() {
    return at == end;
  }

  public int readByte() {
    need(1);
    return bytes[at++] & 0xFF;
  }

  public boolean readBoolean() {
    return readByte() != 0;
  }

  public long readLong() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = readByte();
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) return (value >>> 1) ^ -(value & 1);
    }
    throw new CorruptStateException(
        "Expected a number of at most ten bytes, but it goes on at byte %d".formatted(at));
  }

  public int readInt() {
    long value = readLong();
    if (value != (int) value)
      throw new CorruptStateException("Expected a 32-bit number, but it is %d".formatted(value));
    return (int) value;
  }

  /// A number of things that are to follow.
  public int readCount() {
    int count = readInt();
    if (count < 0 || count > end - at) {
      throw new CorruptStateException(
          "Expected at most %d entries, but the count is %d".formatted(end - at, count));
    }
    return count;
  }

  public byte[] readBytes() {
    int length = readCount();
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  public String readText() {
    int length = readCount();
    String value = new String(bytes, at, length, UTF_8);
    at += length;
    return value;
  }

  private void need(int count) {
    if (end - at < count)
      throw new CorruptStateException(
          "Expected more than %d bytes, but that is all".formatted(end));
  }
}
