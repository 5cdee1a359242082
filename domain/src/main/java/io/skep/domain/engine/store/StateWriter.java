package io.skep.domain.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Writes state as bytes: numbers in a variable length of seven bits a byte, texts and byte strings
/// with their length.
public final class StateWriter {
  private byte[] buffer = new byte[512];
  private int size;

  public int size() {
    return size;
  }

  /// What has been written, a new array.
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  public void clear() {
    size = 0;
  }

  /// Copies what has been written. Needs no copy in between.
  public void drainTo(Sink sink) {
    sink.accept(buffer, size);
    size = 0;
  }

  /// Takes bytes; must copy what it keeps.
  public interface Sink {
    void accept(byte[] bytes, int length);
  }

  public StateWriter writeByte(int value) {
    ensure(1);
    buffer[size++] = (byte) value;
    return this;
  }

  public StateWriter writeBoolean(boolean value) {
    return writeByte(value ? 1 : 0);
  }

  /// Any number; small ones near 0, also negative, take one byte.
  public StateWriter writeLong(long value) {
    ensure(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
    return this;
  }

  public StateWriter writeInt(int value) {
    return writeLong(value);
  }

  public StateWriter writeBytes(byte[] value) {
    writeLong(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
    return this;
  }

  public StateWriter writeText(String value) {
    return writeBytes(value.getBytes(UTF_8));
  }

  private void ensure(int more) {
    if (buffer.length - size < more)
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
  }
}
