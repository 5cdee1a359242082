package io.skep.domain.engine.message;

import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.message.MessageCommand.ConfirmSubscription;
import io.skep.domain.engine.message.MessageCommand.CorrelateMessage;
import io.skep.domain.engine.message.MessageEvent.*;
import io.skep.domain.engine.outbox.Mail;
import io.skep.domain.json.JsonObject;

/// Who gets which message, decided on the partition of the correlation key.
///
/// A message that is on its way to an instance counts as given to its process. The instance says
/// what became of it, each time and once; if it no longer waited, the message goes to the next that
/// does, or is there again for those to come.
final class MessageSubscriptions {
  private MessageSubscriptions() {}

  /// Gives a new message to those who wait, to one instance of each process: the one that has
  /// waited longest.
  static void offer(long messageKey, MessageContent content, Turn turn) {
    for (MessageSubscription free : turn.state().messageSubscriptions().free(content.address()))
      correlate(free, messageKey, content.variables(), turn);
  }

  static void open(Waiting waiting, Turn turn) {
    turn.append(new SubscriptionCreated(turn.nextKey(), waiting));
    send(waiting, new ConfirmSubscription(waiting.subscriptionKey(), here(turn)), turn);
    takeNext(waiting, turn);
  }

  /// Gives the oldest message that is kept to somebody who is free for it.
  private static void takeNext(Waiting waiting, Turn turn) {
    Message message =
        turn.state().messages().oldest(waiting.address(), waiting.bpmnProcessId(), turn.nowMs());
    if (message == null) return;
    var subscription = turn.state().messageSubscriptions().get(waiting.subscriptionKey());
    correlate(subscription, message.key(), message.content().variables(), turn);
  }

  private static void correlate(
      MessageSubscription subscription, long messageKey, JsonObject variables, Turn turn) {
    Waiting waiting = subscription.waiting();
    turn.append(new MessageCorrelating(subscription.key(), waiting, messageKey, variables));
    send(waiting, new CorrelateMessage(waiting.subscriptionKey(), messageKey, variables), turn);
  }

  static void accept(long key, long messageKey, Turn turn) {
    MessageSubscription subscription = onItsWay(key, messageKey, turn);
    if (subscription == null) return;
    Waiting waiting = subscription.waiting();
    turn.append(new MessageCorrelated(subscription.key(), waiting, messageKey));
    if (turn.state().messageSubscriptions().get(key) != null) takeNext(waiting, turn);
  }

  static void reject(long key, long messageKey, Turn turn) {
    MessageSubscription subscription = onItsWay(key, messageKey, turn);
    if (subscription == null) return;
    Waiting waiting = subscription.waiting();
    JsonObject variables = subscription.variables;
    turn.append(new MessageRejected(subscription.key(), waiting, messageKey));
    MessageSubscription other =
        turn.state().messageSubscriptions().free(waiting.address(), waiting.bpmnProcessId());
    if (other != null) correlate(other, messageKey, variables, turn);
  }

  private static MessageSubscription onItsWay(long key, long messageKey, Turn turn) {
    MessageSubscription subscription = turn.state().messageSubscriptions().get(key);
    return subscription != null && subscription.messageKey() == messageKey ? subscription : null;
  }

  static void close(long key, Turn turn) {
    MessageSubscription subscription = turn.state().messageSubscriptions().get(key);
    if (subscription == null || subscription.closing) return;
    turn.append(new SubscriptionDeleted(subscription.key(), subscription.waiting()));
  }

  private static void send(Waiting to, Command command, Turn turn) {
    Mail.deliver(Routing.ofKey(to.subscriptionKey()), command, turn);
  }

  private static int here(Turn turn) {
    return turn.state().partitionId();
  }
}
