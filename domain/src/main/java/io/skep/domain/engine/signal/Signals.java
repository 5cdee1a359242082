package io.skep.domain.engine.signal;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.StartSubscription;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.event.Subscriptions;
import io.skep.domain.engine.element.event.TriggeredStartEvent.Trigger;
import io.skep.domain.engine.outbox.Mail;
import io.skep.domain.engine.signal.SignalCommand.*;
import io.skep.domain.engine.signal.SignalEvent.*;
import io.skep.domain.json.JsonObject;

/// Brings signals to everybody on every partition who listens at that time.
public final class Signals {
  /// How many listeners one step reaches: each may cause some dozen follow-ups.
  private static final int MAX_REACHED = 100;

  private Signals() {}

  public static void process(SignalCommand command, Turn turn) {
    switch (command) {
      case BroadcastSignal(String name, JsonObject variables, String tenantId) ->
          turn.answer(new Answer.Done(broadcast(name, variables, tenantId, turn)));
      case DistributeSignal(long key, String name, JsonObject variables, String tenantId) ->
          take(new SignalBroadcast(key, name, variables, tenantId), turn);
      case ReachListeners reach -> reach(reach, turn);
    }
  }

  /// @return the signal's key
  public static long broadcast(String name, JsonObject variables, String tenantId, Turn turn) {
    long key = turn.nextKey();
    for (int partition = 1; partition <= turn.partitionCount(); partition++) {
      if (partition == turn.state().partitionId()) continue;
      Mail.send(partition, new DistributeSignal(key, name, variables, tenantId), turn);
    }
    var signal = new SignalBroadcast(key, name, variables, tenantId);
    turn.append(signal);
    // Who is made by this signal came later than it.
    long now = turn.lastKey();
    start(signal, turn);
    reach(signal, now, turn);
    return key;
  }

  /// Processes start where the signal was broadcast, and nowhere else: one instance of each.
  private static void start(SignalBroadcast signal, Turn turn) {
    for (StartSubscription subscription :
        turn.state().startSubscriptions().of(Trigger.SIGNAL, signal.name(), signal.tenantId())) {
      Elements.enterProcess(
          turn.nextKey(),
          subscription.definition(),
          subscription.startEvent(),
          signal.variables(),
          turn);
    }
  }

  private static void take(SignalBroadcast signal, Turn turn) {
    turn.append(signal);
    reach(signal, turn.lastKey(), turn);
  }

  private static void reach(SignalBroadcast signal, long upToKey, Turn turn) {
    reach(
        new ReachListeners(signal.name(), signal.variables(), signal.tenantId(), 0, upToKey), turn);
  }

  private static void reach(ReachListeners to, Turn turn) {
    var keys =
        turn.state()
            .signalSubscriptions()
            .between(to.tenantId(), to.name(), to.afterKey(), to.upToKey(), MAX_REACHED);
    for (long key : keys) occur(key, to.variables(), turn);
    if (keys.size() < MAX_REACHED) return;
    turn.then(
        new ReachListeners(to.name(), to.variables(), to.tenantId(), keys.getLast(), to.upToKey()));
  }

  private static void occur(long key, JsonObject variables, Turn turn) {
    SignalSubscription subscription = turn.state().signalSubscriptions().get(key);
    ElementInstance holder = turn.state().elements().get(subscription.elementInstanceKey());
    if (!Subscriptions.mayOccur(holder, turn)) return;
    if (subscription.start().interrupting()) close(key, holder, turn);
    Subscriptions.occur(holder, subscription.start().event(), variables, turn);
  }

  /// Begins to listen.
  public static void listen(ElementInstance self, SignalSubscription.Start start, Turn turn) {
    turn.append(new SubscriptionCreated(turn.nextKey(), self.key(), start, self.place()));
  }

  /// Listens no longer.
  public static void close(long key, ElementInstance self, Turn turn) {
    var start = turn.state().signalSubscriptions().get(key).start();
    turn.append(new SubscriptionDeleted(key, self.key(), start, self.place()));
  }
}
