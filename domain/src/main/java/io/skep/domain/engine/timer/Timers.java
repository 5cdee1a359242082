package io.skep.domain.engine.timer;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.DeploymentCommand.EndDistribution;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Extraction;
import io.skep.domain.engine.element.event.BoundaryEvent;
import io.skep.domain.engine.element.event.Subscriptions;
import io.skep.domain.engine.element.event.TimerDefinition;
import io.skep.domain.engine.incident.Incidents;
import io.skep.domain.engine.job.JobCommand.ReleaseJob;
import io.skep.domain.engine.message.MessageCommand.ExpireMessage;
import io.skep.domain.engine.timer.TimerCommand.*;
import io.skep.domain.engine.timer.TimerEvent.*;
import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.ValueType;
import io.skep.domain.json.Json;
import java.time.DateTimeException;
import java.util.Locale;

/// What happens when something is due.
public final class Timers {
  /// How long something that met a fault in the engine waits until it is tried again.
  static final long POSTPONE_MS = 60_000;

  private Timers() {}

  /// What sees to a due thing.
  public static Command commandFor(DueIndex.Due due) {
    return switch (due.kind()) {
      case TIMER -> new TriggerTimer(due.key());
      case JOB -> new ReleaseJob(due.key());
      case DEPLOYMENT -> new EndDistribution(due.key());
      case MESSAGE -> new ExpireMessage(due.key());
    };
  }

  public static void process(TimerCommand command, Turn turn) {
    switch (command) {
      case TriggerTimer(long key) -> trigger(key, turn);
      case PostponeDue(DueIndex.Due due) -> postpone(due, turn);
      // The engine itself turns it into one command for each due thing.
      case TriggerDue _ -> {}
    }
  }

  /// What a timer is to be set to.
  ///
  /// @param event index of the event it belongs to
  /// @return `null` if that cannot be found out: there is an incident then
  public static Timer.Start start(
      ElementInstance self, int event, TimerDefinition timer, Turn turn) {
    Evaluation evaluation = turn.evaluate(timer.expression(), self.key());
    if (!(evaluation instanceof Evaluation.Value value && isText(value.type()))) {
      ValueType expected =
          timer.kind() == TimerDefinition.Kind.DATE ? ValueType.DATE_TIME : ValueType.DURATION;
      String problem = Incidents.describe(timer.expression(), evaluation, expected);
      Extraction.raise(self, problem, turn);
      return null;
    }
    try {
      String text = Json.unquote(value.json());
      return switch (timer.kind()) {
        case DURATION -> new Timer.Start(event, TimerSchedule.after(turn.nowMs(), text), 1, "");
        case DATE -> new Timer.Start(event, TimerSchedule.at(text), 1, "");
        case CYCLE -> {
          var cycle = TimerSchedule.cycle(turn.nowMs(), text);
          yield new Timer.Start(event, cycle.firstAtMs(), cycle.repetitions(), cycle.interval());
        }
      };
    } catch (DateTimeException e) {
      String problem =
          "Expected the timer's expression '%s' to give a %s, but: %s"
              .formatted(
                  timer.expression().text(),
                  timer.kind().name().toLowerCase(Locale.ROOT),
                  e.getMessage());
      Extraction.raise(self, problem, turn);
      return null;
    }
  }

  private static boolean isText(ValueType type) {
    return switch (type) {
      case STRING, DURATION, PERIOD, DATE_TIME, DATE -> true;
      case NULL, BOOLEAN, NUMBER, TIME, ARRAY, OBJECT, OTHER -> false;
    };
  }

  /// It is waited for no longer.
  public static void cancel(long key, ElementInstance holder, Turn turn) {
    Timer.Start start = turn.state().timers().get(key).start();
    turn.append(new TimerCanceled(key, holder.key(), start, holder.place()));
  }

  private static void trigger(long key, Turn turn) {
    Timer timer = turn.state().timers().get(key);
    if (timer == null) return;
    ElementInstance holder = turn.state().elements().get(timer.elementInstanceKey());
    turn.append(new TimerTriggered(key, holder.key(), timer.start(), holder.place()));
    if (!Subscriptions.mayOccur(holder, turn)) return;
    Subscriptions.occur(holder, timer.start().element(), Turn.nothing(), turn);
    Timer.Start next = next(timer.start(), turn.nowMs());
    if (next != null
        && holder.definition().model().element(next.element()) instanceof BoundaryEvent boundary
        && !boundary.interrupting()) {
      turn.append(new TimerCreated(turn.nextKey(), holder.key(), next, holder.place()));
    }
  }

  /// The next time of a cycle counts from when the last was due, not from when it was seen to, so
  /// that it does not drift.
  private static Timer.Start next(Timer.Start start, long nowMs) {
    // R0 repeats nothing, as R1 does: it fires once.
    boolean last = start.repetitions() == 0 || start.repetitions() == 1;
    if (start.interval().isEmpty() || last) return null;
    int left = start.repetitions() < 0 ? -1 : start.repetitions() - 1;
    long dueAtMs = TimerSchedule.after(start.dueAtMs(), start.interval());
    // An interval of nothing would fire for ever within one moment.
    if (dueAtMs <= start.dueAtMs()) dueAtMs = Math.max(nowMs, start.dueAtMs()) + 1;
    return new Timer.Start(start.element(), dueAtMs, left, start.interval());
  }

  private static void postpone(DueIndex.Due due, Turn turn) {
    turn.append(new DueEvent.DuePostponed(-1, due, turn.nowMs() + POSTPONE_MS));
  }
}
