package io.skep.load;

/// One operation on its way.
final class Operation {
  final long number;

  /// When it should start, by [System#nanoTime]. Its latency counts from here.
  final long dueNanos;

  private int refusals;

  Operation(long number, long dueNanos) {
    this.number = number;
    this.dueNanos = dueNanos;
  }

  /// How long to wait before the request is sent again, milliseconds.
  long nextPauseMs() {
    return pauseMs(refusals++);
  }

  static long pauseMs(int refusals) {
    return Math.min(10L << Math.min(refusals, 10), 1_000);
  }
}
