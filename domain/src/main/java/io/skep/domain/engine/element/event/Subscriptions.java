package io.skep.domain.engine.element.event;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.ElementCommand.CompleteElement;
import io.skep.domain.engine.element.ElementCommand.EnterEvent;
import io.skep.domain.engine.element.ElementCommand.TerminateElement;
import io.skep.domain.engine.element.ElementEvent.EventTriggered;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.ElementState;
import io.skep.domain.engine.element.Extraction;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.message.ProcessSubscription;
import io.skep.domain.engine.message.ProcessSubscriptions;
import io.skep.domain.engine.signal.SignalSubscription;
import io.skep.domain.engine.signal.Signals;
import io.skep.domain.engine.timer.Timer;
import io.skep.domain.engine.timer.TimerEvent.TimerCreated;
import io.skep.domain.engine.timer.Timers;
import io.skep.domain.expression.Expression;
import io.skep.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// What an element instance waits for beside its work: its own event, those of its boundary events,
/// or those behind an event-based gateway.
public final class Subscriptions {
  private Subscriptions() {}

  /// Starts to wait. Either everything is waited for, or there is an incident and nothing has
  /// changed.
  ///
  /// @return whether all went well
  public static boolean open(ElementInstance self, Turn turn) {
    List<AwaitedEvent> awaited = awaitedEvents(self);
    if (awaited.isEmpty()) return true;
    var opening = new Opening(self, turn);
    for (AwaitedEvent each : awaited) if (!opening.prepare(each)) return false;
    opening.open();
    return true;
  }

  private static List<AwaitedEvent> awaitedEvents(ElementInstance self) {
    ProcessModel model = self.definition().model();
    List<AwaitedEvent> own = self.element().awaitedEvents(model);
    List<Integer> boundaryEvents = self.element().node().boundaryEvents();
    if (boundaryEvents.isEmpty()) return own;
    var awaited = new ArrayList<AwaitedEvent>(own);
    for (int index : boundaryEvents) awaited.add(((BoundaryEvent) model.element(index)).awaited());
    return awaited;
  }

  /// What is to be waited for, found out before anything is opened.
  private record Opening(
      ElementInstance self,
      Turn turn,
      List<ProcessSubscription.Start> messages,
      List<Timer.Start> timers,
      List<SignalSubscription.Start> signals) {

    Opening(ElementInstance self, Turn turn) {
      this(self, turn, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    // An event's expressions see what its activity can see, the activity's own inputs included.
    boolean prepare(AwaitedEvent awaited) {
      return switch (awaited.definition()) {
        case TimerDefinition timer -> add(timers, Timers.start(self, awaited.index(), timer, turn));
        case SignalDefinition(Expression name) -> {
          String signalName = Extraction.text(self, name, turn);
          yield signalName != null
              && signals.add(
                  new SignalSubscription.Start(
                      awaited.index(),
                      signalName,
                      self.definition().tenantId(),
                      awaited.interrupting()));
        }
        case MessageDefinition(Expression name, Expression correlationKey) -> {
          String messageName = Extraction.text(self, name, turn);
          String key =
              messageName == null ? null : Extraction.correlationKey(self, correlationKey, turn);
          yield key != null
              && messages.add(
                  new ProcessSubscription.Start(
                      awaited.index(), messageName, key, awaited.interrupting()));
        }
      };
    }

    private static <T> boolean add(List<T> to, T start) {
      return start != null && to.add(start);
    }

    void open() {
      for (var message : messages) ProcessSubscriptions.open(self, message, turn);
      for (var timer : timers)
        turn.append(new TimerCreated(turn.nextKey(), self.key(), timer, self.place()));
      for (var signal : signals) Signals.listen(self, signal, turn);
    }
  }

  /// Stops waiting for all that is still waited for.
  public static void close(long elementInstanceKey, Turn turn) {
    ElementInstance self = turn.state().elements().get(elementInstanceKey);
    while (self.isSubscribed()) {
      if (self.messageSubscriptionCount() > 0)
        ProcessSubscriptions.close(self.messageSubscriptionKey(0), self, turn);
      else if (self.timerCount() > 0) Timers.cancel(self.timerKey(0), self, turn);
      else Signals.close(self.signalSubscriptionKey(0), self, turn);
      self = turn.state().elements().get(elementInstanceKey);
    }
  }

  /// Whether an event still has an effect on what waits for it: not if that, or something around
  /// it, has been ended and is only waiting to be terminated.
  public static boolean mayOccur(ElementInstance holder, Turn turn) {
    for (ElementInstance at = holder; at != null; at = turn.state().elements().get(at.scopeKey())) {
      if (at.state() == ElementState.TERMINATING || at.endedBy() >= 0) return false;
    }
    return true;
  }

  /// Something that was waited for has happened.
  ///
  /// @param event index of the event
  /// @param variables what came with it
  public static void occur(ElementInstance holder, int event, JsonObject variables, Turn turn) {
    if (event == holder.element().index()) {
      turn.then(new CompleteElement(holder.key(), variables));
    } else if (holder.element().isLeftByEvents()) {
      turn.append(new EventTriggered(holder.key(), event, true, variables));
      turn.then(new CompleteElement(holder.key(), Turn.nothing()));
    } else {
      var boundary = (BoundaryEvent) holder.definition().model().element(event);
      boolean interrupting = boundary.interrupting();
      turn.append(new EventTriggered(holder.key(), event, interrupting, variables));
      turn.then(
          interrupting
              ? new TerminateElement(holder.key())
              : new EnterEvent(holder.scopeKey(), event, variables));
    }
  }
}
