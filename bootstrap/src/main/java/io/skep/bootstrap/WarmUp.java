package io.skep.bootstrap;

import io.skep.domain.expression.ProcessReader;

/// Reads a model once the broker serves. The parsers take half a second for their first model, and
/// that would be on a partition's thread, which everything else waits for.
final class WarmUp {
  private final ProcessReader reader;

  WarmUp(ProcessReader reader) {
    this.reader = reader;
  }

  /// Begins, and does not wait for the end. If it fails, the first deployment is as slow as it
  /// would have been.
  void start() {
    Thread.ofPlatform()
        .daemon()
        .name("warm-up")
        // Where the system heeds it, clients come first.
        .priority(Thread.MIN_PRIORITY)
        .start(() -> reader.read(SmallModel.NAME, SmallModel.content()));
  }
}
