package io.skep.domain.engine.signal;

import io.skep.domain.engine.store.Row;

/// An element instance's listening for a signal. Never changes.
public final class SignalSubscription extends Row {
  private final long key;
  private final long elementInstanceKey;
  private final Start start;

  SignalSubscription(long key, long elementInstanceKey, Start start) {
    this.key = key;
    this.elementInstanceKey = elementInstanceKey;
    this.start = start;
  }

  @Override
  protected SignalSubscription copy() {
    return new SignalSubscription(key, elementInstanceKey, start);
  }

  public long key() {
    return key;
  }

  /// The instance that listens, or that has the boundary event.
  public long elementInstanceKey() {
    return elementInstanceKey;
  }

  public Start start() {
    return start;
  }

  /// What is listened for.
  ///
  /// @param event index of the event it belongs to
  /// @param interrupting whether the listening ends with the first signal
  public record Start(int event, String signalName, String tenantId, boolean interrupting) {}
}
