package io.skep.domain.engine.message;

import io.skep.domain.engine.Command;
import io.skep.domain.json.JsonObject;

/// How messages come to those who wait for them.
///
/// Two partitions take part: that of the correlation key keeps messages and subscriptions; that of
/// the instance keeps the counterpart of the subscription. What they tell each other is repeated
/// until it is received and takes effect once, but they may be one and the same.
public sealed interface MessageCommand extends Command {

  /// From a client.
  ///
  /// @param correlationKey empty for a message that is to start instances
  /// @param timeToLiveMs how long it is kept for those who do not wait yet; 0 or less for not at
  ///   all
  /// @param messageId refuses the same message again as long as the first is kept; empty for none
  record PublishMessage(
      String name,
      String correlationKey,
      long timeToLiveMs,
      String messageId,
      JsonObject variables,
      String tenantId)
      implements MessageCommand {}

  /// A message's time is over. Never comes from outside.
  record ExpireMessage(long messageKey) implements MessageCommand {}

  /// An instance that was started by a message has ended, so the next message with its correlation
  /// key may start one. Never comes from outside.
  record StartNext(String bpmnProcessId, String correlationKey, String tenantId)
      implements MessageCommand {}

  // To the partition of the correlation key.

  record OpenSubscription(Waiting waiting) implements MessageCommand {}

  record CloseSubscription(long subscriptionKey) implements MessageCommand {}

  /// The instance has the message.
  record AcceptMessage(long subscriptionKey, long messageKey) implements MessageCommand {}

  /// The instance no longer waits: somebody else may have the message.
  record RejectMessage(long subscriptionKey, long messageKey) implements MessageCommand {}

  // To the partition of the instance.

  /// @param partitionId where the subscription is open now
  record ConfirmSubscription(long subscriptionKey, int partitionId) implements MessageCommand {}

  /// @param messageKey tells where the answer goes
  record CorrelateMessage(long subscriptionKey, long messageKey, JsonObject variables)
      implements MessageCommand {}
}
