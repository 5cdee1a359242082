package io.skep.adapter.raft.state;

import java.io.IOException;

/// A checkpoint came to nothing because a leader has sent another state meanwhile.
public final class SupersededException extends IOException {
  private static final long serialVersionUID = 1L;

  SupersededException() {
    super("Expected to store a checkpoint, but a leader has sent another state meanwhile");
  }
}
