package io.skep.domain.engine.message;

import io.skep.domain.engine.store.Row;
import io.skep.domain.json.JsonObject;

/// An instance's waiting for a message, on the partition of the correlation key.
public final class MessageSubscription extends Row {
  private final long key;
  private final Waiting waiting;

  /// The message that is on its way to the instance, 0 if there is none.
  long messageKey;

  /// Of that message, which may have expired when it is refused; `null` if there is none.
  JsonObject variables;

  /// Whether the instance waits no longer, but still has to say what became of the message.
  boolean closing;

  MessageSubscription(long key, Waiting waiting) {
    this.key = key;
    this.waiting = waiting;
  }

  @Override
  protected MessageSubscription copy() {
    var copy = new MessageSubscription(key, waiting);
    copy.messageKey = messageKey;
    copy.variables = variables;
    copy.closing = closing;
    return copy;
  }

  /// Given by this partition: tells the order in which subscriptions were opened.
  public long key() {
    return key;
  }

  public Waiting waiting() {
    return waiting;
  }

  public long messageKey() {
    return messageKey;
  }

  /// Whether it can take a message now: one at a time.
  public boolean isFree() {
    return messageKey == 0 && !closing;
  }
}
