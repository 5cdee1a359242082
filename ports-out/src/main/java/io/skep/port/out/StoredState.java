package io.skep.port.out;

import io.skep.domain.engine.store.Archive;
import java.io.IOException;

/// What checkpoints have stored, as of the newest.
public interface StoredState {

  /// The newest head.
  byte[] head();

  /// Goes through the records in force, each once, in any order.
  ///
  /// @throws IOException if they cannot be read or are damaged; the message says what is wrong
  void forEach(RecordVisitor visitor) throws IOException;

  /// Reads records later by their place, also those that later checkpoints store. From one thread
  /// at a time.
  Archive archive();

  /// Looks at one record.
  interface RecordVisitor {
    /// @param bytes not to be kept or written to
    void visit(long key, long place, byte[] bytes) throws IOException;
  }
}
