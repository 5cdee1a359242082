package io.skep.domain.engine.message;

import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.event.Subscriptions;
import io.skep.domain.engine.message.MessageCommand.*;
import io.skep.domain.engine.message.ProcessSubscription.Start;
import io.skep.domain.engine.message.ProcessSubscriptionEvent.*;
import io.skep.domain.engine.outbox.Mail;
import io.skep.domain.json.JsonObject;

/// The instance's side of waiting for a message.
public final class ProcessSubscriptions {
  private ProcessSubscriptions() {}

  /// Begins to wait. The partition of the correlation key learns of it in its own time: a message
  /// that is kept is not missed.
  public static void open(ElementInstance self, Start start, Turn turn) {
    long key = turn.nextKey();
    turn.append(new SubscriptionOpening(key, self.key(), start, self.place()));
    var waiting =
        new Waiting(
            key,
            self.processInstanceKey(),
            self.key(),
            self.definition().bpmnProcessId(),
            new Address(self.definition().tenantId(), start.messageName(), start.correlationKey()),
            start.interrupting());
    Mail.deliver(partitionOf(start, turn), new OpenSubscription(waiting), turn);
  }

  /// Waits no longer. A message that is on its way is refused when it comes.
  public static void close(long key, ElementInstance self, Turn turn) {
    Start start = turn.state().processSubscriptions().get(key).start();
    turn.append(new SubscriptionClosed(key, self.key(), start, self.place()));
    Mail.deliver(partitionOf(start, turn), new CloseSubscription(key), turn);
  }

  private static int partitionOf(Start start, Turn turn) {
    return new Routing(turn.partitionCount()).ofCorrelationKey(start.correlationKey());
  }

  static void confirm(long key, int partitionId, Turn turn) {
    ProcessSubscription subscription = turn.state().processSubscriptions().get(key);
    if (subscription == null) {
      // Within one partition the closing may have overtaken the opening, if that was left for a
      // later turn. After a message that ended the waiting there is nothing left to close.
      Mail.deliver(partitionId, new CloseSubscription(key), turn);
      return;
    }
    ElementInstance holder = turn.state().elements().get(subscription.elementInstanceKey());
    turn.append(new SubscriptionOpened(key, holder.key(), subscription.start(), holder.place()));
  }

  static void correlate(long key, long messageKey, JsonObject variables, Turn turn) {
    ProcessSubscription subscription = turn.state().processSubscriptions().get(key);
    ElementInstance holder =
        subscription == null
            ? null
            : turn.state().elements().get(subscription.elementInstanceKey());
    if (holder == null || !Subscriptions.mayOccur(holder, turn)) {
      reject(key, messageKey, turn);
      return;
    }
    Start start = subscription.start();
    turn.append(
        new MessageCorrelated(key, holder.key(), start, holder.place(), messageKey, variables));
    Subscriptions.occur(holder, start.event(), variables, turn);
    Mail.deliver(Routing.ofKey(messageKey), new AcceptMessage(key, messageKey), turn);
  }

  /// A message met a fault in the engine. The instance gets no more of them, but others shall have
  /// this one.
  public static void refuse(CorrelateMessage refused, Turn turn) {
    reject(refused.subscriptionKey(), refused.messageKey(), turn);
  }

  private static void reject(long key, long messageKey, Turn turn) {
    Mail.deliver(Routing.ofKey(messageKey), new RejectMessage(key, messageKey), turn);
  }
}
