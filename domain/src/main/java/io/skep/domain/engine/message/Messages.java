package io.skep.domain.engine.message;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.StartSubscription;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.event.TriggeredStartEvent.Trigger;
import io.skep.domain.engine.message.MessageCommand.*;
import io.skep.domain.engine.message.MessageEvent.*;
import io.skep.domain.engine.message.StartLockTable.Subject;

/// Messages on the partition of their correlation key. A message is given once to each process: to
/// an instance that waits for it, or to a start event.
public final class Messages {
  private Messages() {}

  public static void process(MessageCommand command, Turn turn) {
    switch (command) {
      case PublishMessage publish -> publish(publish, turn);
      case ExpireMessage(long key) -> expire(key, turn);
      case StartNext(String processId, String correlationKey, String tenantId) ->
          startNext(new Subject(tenantId, processId, correlationKey), turn);
      case OpenSubscription(Waiting waiting) -> MessageSubscriptions.open(waiting, turn);
      case CloseSubscription(long key) -> MessageSubscriptions.close(key, turn);
      case AcceptMessage(long key, long messageKey) ->
          MessageSubscriptions.accept(key, messageKey, turn);
      case RejectMessage(long key, long messageKey) ->
          MessageSubscriptions.reject(key, messageKey, turn);
      case ConfirmSubscription(long key, int partitionId) ->
          ProcessSubscriptions.confirm(key, partitionId, turn);
      case CorrelateMessage(long key, long messageKey, var variables) ->
          ProcessSubscriptions.correlate(key, messageKey, variables, turn);
    }
  }

  private static void publish(PublishMessage command, Turn turn) {
    var content =
        new MessageContent(
            command.name(),
            command.correlationKey(),
            command.timeToLiveMs(),
            deadline(turn.nowMs(), command.timeToLiveMs()),
            command.messageId(),
            command.variables(),
            command.tenantId());
    if (!content.messageId().isEmpty()
        && turn.state().messages().hasId(content.address(), content.messageId())) {
      turn.reject(
          Reason.ALREADY_EXISTS,
          "Expected to publish a message '%s' with an id that is not in use, but '%s' is that of a message that is still kept"
              .formatted(content.name(), content.messageId()));
      return;
    }
    long key = turn.nextKey();
    turn.append(new MessagePublished(key, content));
    turn.answer(new Answer.Done(key));
    MessageSubscriptions.offer(key, content, turn);
    start(key, content, turn);
    if (!content.isKept()) turn.append(new MessageExpired(key, content));
  }

  private static long deadline(long nowMs, long timeToLiveMs) {
    if (timeToLiveMs <= 0) return nowMs;
    return timeToLiveMs > Long.MAX_VALUE - nowMs ? Long.MAX_VALUE : nowMs + timeToLiveMs;
  }

  private static void expire(long key, Turn turn) {
    Message message = turn.state().messages().get(key);
    if (message != null) turn.append(new MessageExpired(key, message.content()));
  }

  private static void start(long key, MessageContent content, Turn turn) {
    for (StartSubscription subscription :
        turn.state().startSubscriptions().of(Trigger.MESSAGE, content.name(), content.tenantId())) {
      if (turn.state().messages().get(key).isFor(subscription.bpmnProcessId())
          && !isHeld(content, subscription, turn)) start(key, content, subscription, turn);
    }
  }

  private static boolean isHeld(MessageContent content, StartSubscription subscription, Turn turn) {
    if (content.correlationKey().isEmpty()) return false;
    var subject =
        new Subject(content.tenantId(), subscription.bpmnProcessId(), content.correlationKey());
    return turn.state().startLocks().isHeld(subject);
  }

  private static void start(
      long key, MessageContent content, StartSubscription subscription, Turn turn) {
    long instanceKey = turn.nextKey();
    turn.append(new InstanceStarted(subscription.key(), subscription, key, content, instanceKey));
    Elements.enterProcess(
        instanceKey,
        subscription.definition(),
        subscription.startEvent(),
        content.variables(),
        turn);
  }

  /// A process instance is about to end. If a message has started it, the next one may.
  public static void release(long processInstanceKey, Turn turn) {
    Subject held = turn.state().startLocks().heldBy(processInstanceKey);
    if (held == null) return;
    turn.append(new StartReleased(processInstanceKey));
    turn.then(new StartNext(held.bpmnProcessId(), held.correlationKey(), held.tenantId()));
  }

  private static void startNext(Subject subject, Turn turn) {
    if (turn.state().startLocks().isHeld(subject)) return;
    Message next = null;
    StartSubscription by = null;
    for (StartSubscription subscription :
        turn.state().startSubscriptions().of(subject.bpmnProcessId())) {
      if (subscription.trigger() != Trigger.MESSAGE) continue;
      Message first = oldest(subscription, subject, turn);
      if (first != null && (next == null || first.key() < next.key())) {
        next = first;
        by = subscription;
      }
    }
    if (next != null) start(next.key(), next.content(), by, turn);
  }

  private static Message oldest(StartSubscription subscription, Subject subject, Turn turn) {
    var address = new Address(subject.tenantId(), subscription.name(), subject.correlationKey());
    return turn.state().messages().oldest(address, subject.bpmnProcessId(), turn.nowMs());
  }
}
