package io.skep.bootstrap;

import io.skep.domain.expression.ProcessReader;

/// Reads a model once the broker serves. The parsers take half a second for their first model, and
/// that would be on a partition's thread, which everything else waits for. Then gives back the
/// memory that starting took.
final class WarmUp {
  /// Bytes. Measured: a start without state leaves 21 MB on the heap, 8 of them garbage, and
  /// collecting takes 35 ms. It takes longer with a state that was read, which would then stand.
  private static final long SMALL_HEAP = 40 << 20;

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
        .start(this::run);
  }

  private void run() {
    reader.read(SmallModel.NAME, SmallModel.content());
    giveBack();
  }

  /// What the start has used once: the heap shrinks to what is live, and 12 MB less are resident.
  /// By itself the collector would not look until there was something to do.
  private static void giveBack() {
    Runtime runtime = Runtime.getRuntime();
    if (runtime.totalMemory() - runtime.freeMemory() < SMALL_HEAP) System.gc();
  }
}
