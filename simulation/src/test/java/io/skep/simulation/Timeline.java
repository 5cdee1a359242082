package io.skep.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/// The one true time, which no process can see, and everything that will happen.
final class Timeline {
  private final PriorityQueue<Happening> happenings =
      new PriorityQueue<>(
          Comparator.comparingLong(Happening::atMs).thenComparingLong(Happening::number));

  private long nowMs;
  private long number;

  private record Happening(long atMs, long number, Runnable what) {}

  /// Milliseconds since the beginning.
  long nowMs() {
    return nowMs;
  }

  /// @param delayMs 0 or more
  void in(long delayMs, Runnable what) {
    happenings.add(new Happening(nowMs + delayMs, number++, what));
  }

  /// Lets the next thing happen.
  ///
  /// @return whether there was one until then
  boolean step(long untilMs) {
    Happening next = happenings.peek();
    if (next == null || next.atMs > untilMs) {
      nowMs = untilMs;
      return false;
    }
    happenings.remove();
    nowMs = next.atMs;
    next.what.run();
    return true;
  }
}
