package io.skep.domain.engine.signal;

import io.skep.domain.engine.element.event.Subscription;

/// An element instance's listening for a signal. Never changes.
public final class SignalSubscription extends Subscription<SignalSubscription.Start> {

  SignalSubscription(long key, long elementInstanceKey, Start start) {
    super(key, elementInstanceKey, start);
  }

  @Override
  protected SignalSubscription copy() {
    return new SignalSubscription(key(), elementInstanceKey(), start());
  }

  /// What is listened for.
  ///
  /// @param event index of the event it belongs to
  /// @param interrupting whether the listening ends with the first signal
  public record Start(int event, String signalName, String tenantId, boolean interrupting) {}
}
