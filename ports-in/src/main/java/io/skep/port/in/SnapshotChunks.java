package io.skep.port.in;

import io.skep.domain.engine.EngineSnapshot;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// The chunks of a snapshot as a stream: each with its length in front.
final class SnapshotChunks {
  /// No instance is nearly as large; a larger length is not one.
  private static final int MAX_CHUNK = 1 << 30;

  private SnapshotChunks() {}

  static final class UncheckedReadException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    UncheckedReadException(IOException cause) {
      super(cause);
    }
  }

  static void write(EngineSnapshot snapshot, OutputStream to) throws IOException {
    var out = new DataOutputStream(to);
    try {
      snapshot.writeTo(
          (bytes, length) -> {
            try {
              out.writeInt(length);
              out.write(bytes, 0, length);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      out.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  static EngineSnapshot.ChunkSource source(InputStream from) {
    var in = new DataInputStream(from);
    return () -> {
      try {
        int length = in.readInt();
        if (length < 0 || length > MAX_CHUNK) {
          throw new IOException(
              "Expected a chunk of 0 to %d bytes, but its length is %d"
                  .formatted(MAX_CHUNK, length));
        }
        byte[] chunk = in.readNBytes(length);
        if (chunk.length < length) {
          throw new IOException(
              "Expected a chunk of %d bytes, but the snapshot ends after %d"
                  .formatted(length, chunk.length));
        }
        return chunk;
      } catch (EOFException e) {
        throw new UncheckedReadException(
            new IOException("Expected another chunk, but the snapshot ends", e));
      } catch (IOException e) {
        throw new UncheckedReadException(e);
      }
    };
  }
}
