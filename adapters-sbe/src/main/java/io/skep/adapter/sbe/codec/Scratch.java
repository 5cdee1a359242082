package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.codec.Nested.Writer;
import org.agrona.ExpandableArrayBuffer;

/// Encodes into a buffer that grows and is kept for the next message, then copies what came out.
final class Scratch {
  /// What a thread keeps. Few messages are larger, and those cost more than the buffer.
  private static final int KEPT_BYTES = 64 * 1024;

  private static final ThreadLocal<ExpandableArrayBuffer> BUFFER =
      ThreadLocal.withInitial(() -> new ExpandableArrayBuffer(1024));

  private Scratch() {}

  static <T> byte[] encode(T content, Writer<T> writer) {
    var buffer = BUFFER.get();
    var bytes = new byte[writer.write(content, buffer, 0)];
    buffer.getBytes(0, bytes);
    if (buffer.capacity() > KEPT_BYTES) BUFFER.remove();
    return bytes;
  }
}
