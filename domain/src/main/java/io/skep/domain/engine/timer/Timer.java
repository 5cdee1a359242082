package io.skep.domain.engine.timer;

import io.skep.domain.engine.store.Row;

/// A timer that runs. Never changes: a cycle makes a new one each time.
public final class Timer extends Row {
  private final long key;
  private final long elementInstanceKey;
  private final Start start;

  Timer(long key, long elementInstanceKey, Start start) {
    this.key = key;
    this.elementInstanceKey = elementInstanceKey;
    this.start = start;
  }

  @Override
  protected Timer copy() {
    return new Timer(key, elementInstanceKey, start);
  }

  public long key() {
    return key;
  }

  /// The instance that waits, or that has the boundary event.
  public long elementInstanceKey() {
    return elementInstanceKey;
  }

  public Start start() {
    return start;
  }

  /// What a timer was set to.
  ///
  /// @param element index of the event it belongs to
  /// @param dueAtMs epoch milliseconds
  /// @param repetitions how often it will fire, this time included; -1 for ever
  /// @param interval between two times in ISO 8601, empty if it fires once
  public record Start(int element, long dueAtMs, int repetitions, String interval) {}
}
