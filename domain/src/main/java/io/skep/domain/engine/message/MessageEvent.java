package io.skep.domain.engine.message;

import io.skep.domain.engine.Event;
import io.skep.domain.engine.deployment.StartSubscription;
import io.skep.domain.json.JsonObject;

/// What has become of messages and of those who wait for them, on the partition of the correlation
/// key.
public sealed interface MessageEvent extends Event {

  record MessagePublished(long key, MessageContent content) implements MessageEvent {}

  /// Nobody can have it any more.
  record MessageExpired(long key, MessageContent content) implements MessageEvent {}

  /// @param key of this partition: tells the order in which subscriptions were opened
  record SubscriptionCreated(long key, Waiting waiting) implements MessageEvent {}

  /// The message is on its way to an instance.
  ///
  /// @param key of the subscription on this partition
  record MessageCorrelating(long key, Waiting waiting, long messageKey, JsonObject variables)
      implements MessageEvent {}

  /// The instance has the message.
  record MessageCorrelated(long key, Waiting waiting, long messageKey) implements MessageEvent {}

  /// The instance no longer waits, and has not got the message.
  record MessageRejected(long key, Waiting waiting, long messageKey) implements MessageEvent {}

  /// The instance no longer waits.
  record SubscriptionDeleted(long key, Waiting waiting) implements MessageEvent {}

  /// A message has started an instance. If it has a correlation key, no other message with that key
  /// starts an instance of the process until this one has ended.
  ///
  /// @param key of the start event's subscription
  record InstanceStarted(
      long key,
      StartSubscription subscription,
      long messageKey,
      MessageContent content,
      long processInstanceKey)
      implements MessageEvent {}

  /// The instance has ended that a message with a correlation key has started.
  ///
  /// @param key of the instance
  record StartReleased(long key) implements MessageEvent {}
}
