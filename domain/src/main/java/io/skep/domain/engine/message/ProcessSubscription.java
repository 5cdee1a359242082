package io.skep.domain.engine.message;

import io.skep.domain.engine.element.event.Subscription;

/// An element instance's waiting for a message, on its own partition. Never changes.
public final class ProcessSubscription extends Subscription<ProcessSubscription.Start> {

  ProcessSubscription(long key, long elementInstanceKey, Start start) {
    super(key, elementInstanceKey, start);
  }

  @Override
  protected ProcessSubscription copy() {
    return new ProcessSubscription(key(), elementInstanceKey(), start());
  }

  /// What is waited for.
  ///
  /// @param event index of the event it belongs to
  /// @param interrupting whether the waiting ends with the first message
  public record Start(int event, String messageName, String correlationKey, boolean interrupting) {}
}
