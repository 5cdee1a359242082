package io.skep.domain.engine.timer;

import io.skep.domain.engine.element.event.Subscription;

/// A timer that runs. Never changes: a cycle makes a new one each time.
public final class Timer extends Subscription<Timer.Start> {

  Timer(long key, long elementInstanceKey, Start start) {
    super(key, elementInstanceKey, start);
  }

  @Override
  protected Timer copy() {
    return new Timer(key(), elementInstanceKey(), start());
  }

  /// What a timer was set to.
  ///
  /// @param element index of the event it belongs to
  /// @param dueAtMs epoch milliseconds
  /// @param repetitions how often it will fire, this time included; -1 for ever
  /// @param interval between two times in ISO 8601, empty if it fires once
  public record Start(int element, long dueAtMs, int repetitions, String interval) {}
}
