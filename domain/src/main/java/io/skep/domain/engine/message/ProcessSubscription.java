package io.skep.domain.engine.message;

import io.skep.domain.engine.store.Row;

/// An element instance's waiting for a message, on its own partition. Never changes.
public final class ProcessSubscription extends Row {
  private final long key;
  private final long elementInstanceKey;
  private final Start start;

  ProcessSubscription(long key, long elementInstanceKey, Start start) {
    this.key = key;
    this.elementInstanceKey = elementInstanceKey;
    this.start = start;
  }

  @Override
  protected ProcessSubscription copy() {
    return new ProcessSubscription(key, elementInstanceKey, start);
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

  /// What is waited for.
  ///
  /// @param event index of the event it belongs to
  /// @param interrupting whether the waiting ends with the first message
  public record Start(int event, String messageName, String correlationKey, boolean interrupting) {}
}
