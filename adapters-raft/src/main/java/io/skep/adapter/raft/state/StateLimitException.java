package io.skep.adapter.raft.state;

import java.io.IOException;

/// A state outgrows what files can hold. Nothing is wrong with the disk.
public final class StateLimitException extends IOException {
  private static final long serialVersionUID = 1L;

  StateLimitException(String message) {
    super(message);
  }
}
