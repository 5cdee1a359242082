package io.skep.domain.engine.store;

/// For tests that look at everything.
public final class Presence {
  private Presence() {}

  /// Has all aggregates in memory.
  public static void bringAllBack(Aggregates aggregates) {
    for (long key : aggregates.sortedKeys()) aggregates.bringBack(key);
  }
}
