package io.skep.domain.engine.element.event;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.engine.incident.Incidents;
import io.skep.domain.engine.timer.Timer;
import io.skep.domain.engine.timer.TimerEvent.TimerCanceled;
import io.skep.domain.engine.timer.TimerEvent.TimerCreated;
import io.skep.domain.engine.timer.TimerSchedule;
import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.ValueType;
import io.skep.domain.json.Json;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;

/// What an element instance waits for beside its work: its own event, and those of its boundary
/// events.
public final class Subscriptions {
  private Subscriptions() {}

  /// Starts to wait. Either everything is waited for, or there is an incident and nothing has
  /// changed.
  ///
  /// @return whether all went well
  public static boolean open(ElementInstance self, Turn turn) {
    if (self.element() instanceof IntermediateCatchEvent(var node, TimerDefinition timer)) {
      return openAll(self, List.of(new Wanted(node.index(), timer)), turn);
    }
    List<Integer> boundaryEvents = self.element().node().boundaryEvents();
    if (boundaryEvents.isEmpty()) return true;
    var wanted = new ArrayList<Wanted>(boundaryEvents.size());
    for (int index : boundaryEvents) {
      var boundary = (BoundaryEvent) self.definition().model().element(index);
      wanted.add(new Wanted(index, boundary.timer()));
    }
    return openAll(self, wanted, turn);
  }

  private record Wanted(int element, TimerDefinition timer) {}

  private static boolean openAll(ElementInstance self, List<Wanted> wanted, Turn turn) {
    var starts = new ArrayList<Timer.Start>(wanted.size());
    for (Wanted each : wanted) {
      Timer.Start start = start(self, each, turn);
      if (start == null) return false;
      starts.add(start);
    }
    for (Timer.Start start : starts) {
      turn.append(new TimerCreated(turn.nextKey(), self.key(), start, self.place()));
    }
    return true;
  }

  private static Timer.Start start(ElementInstance self, Wanted wanted, Turn turn) {
    TimerDefinition timer = wanted.timer;
    // A boundary event's expression sees what its activity can see, the activity's own inputs
    // included.
    Evaluation evaluation = turn.evaluate(timer.expression(), self.key());
    if (!(evaluation instanceof Evaluation.Value value && isText(value.type()))) {
      ValueType expected =
          timer.kind() == TimerDefinition.Kind.DATE ? ValueType.DATE_TIME : ValueType.DURATION;
      String problem = Incidents.describe(timer.expression(), evaluation, expected);
      Incidents.raise(self, IncidentType.EXTRACT_VALUE_ERROR, problem, turn);
      return null;
    }
    try {
      String text = Json.unquote(value.json());
      return switch (timer.kind()) {
        case DURATION ->
            new Timer.Start(wanted.element, TimerSchedule.after(turn.nowMs(), text), 1, "");
        case DATE -> new Timer.Start(wanted.element, TimerSchedule.at(text), 1, "");
        case CYCLE -> {
          var cycle = TimerSchedule.cycle(turn.nowMs(), text);
          yield new Timer.Start(
              wanted.element, cycle.firstAtMs(), cycle.repetitions(), cycle.interval());
        }
      };
    } catch (DateTimeException e) {
      String problem =
          "Expected the timer's expression '%s' to give a %s, but: %s"
              .formatted(
                  timer.expression().text(),
                  timer.kind().name().toLowerCase(java.util.Locale.ROOT),
                  e.getMessage());
      Incidents.raise(self, IncidentType.EXTRACT_VALUE_ERROR, problem, turn);
      return null;
    }
  }

  private static boolean isText(ValueType type) {
    return switch (type) {
      case STRING, DURATION, PERIOD, DATE_TIME, DATE -> true;
      case NULL, BOOLEAN, NUMBER, TIME, ARRAY, OBJECT, OTHER -> false;
    };
  }

  /// Stops waiting for all that is still waited for.
  public static void close(long elementInstanceKey, Turn turn) {
    ElementInstance self = turn.state().elements().get(elementInstanceKey);
    while (self.timerCount() > 0) {
      Timer timer = turn.state().timers().get(self.timerKey(0));
      turn.append(new TimerCanceled(timer.key(), elementInstanceKey, timer.start(), self.place()));
      self = turn.state().elements().get(elementInstanceKey);
    }
  }
}
