package io.skep.adapter.sbe.codec;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/// Writes a message in place as a variable-length part of another one.
public final class Nested {
  private static final int LENGTH_BYTES = 4;

  private Nested() {}

  /// @param outer stands before the part; is moved behind it
  public static <T> void write(
      MessageEncoderFlyweight outer, MutableDirectBuffer to, T content, Writer<T> writer) {
    int lengthAt = outer.limit();
    int start = lengthAt + LENGTH_BYTES;
    int end = writer.write(content, to, start);
    to.putInt(lengthAt, end - start, ByteOrder.LITTLE_ENDIAN);
    outer.limit(end);
  }

  /// Writes a message with its header.
  @FunctionalInterface
  public interface Writer<T> {
    /// @return index of the byte behind it
    int write(T content, MutableDirectBuffer to, int at);
  }
}
