package io.skep.adapter.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;
import io.skep.domain.engine.element.event.TimerDefinition;
import io.skep.domain.engine.element.event.TimerDefinition.Kind;
import io.skep.domain.engine.timer.TimerSchedule;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.StaticText;
import io.skep.domain.expression.ValueType;
import java.time.DateTimeException;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/// Reads the timer of an event. Times that are no expressions are tried at once.
final class TimerReader {
  private final Expressions expressions;
  private final Problems problems;

  TimerReader(Expressions expressions, Problems problems) {
    this.expressions = expressions;
    this.problems = problems;
  }

  /// The timer; nonsense if a problem was reported, by this or by the checks before.
  TimerDefinition read(CatchEvent event) {
    for (var definition : event.getChildElementsByType(TimerEventDefinition.class)) {
      if (definition.getTimeDuration() != null)
        return read(event, definition, Kind.DURATION, definition.getTimeDuration());
      if (definition.getTimeDate() != null)
        return read(event, definition, Kind.DATE, definition.getTimeDate());
      if (definition.getTimeCycle() != null)
        return read(event, definition, Kind.CYCLE, definition.getTimeCycle());
    }
    return new TimerDefinition(Kind.DURATION, StaticText.string(""));
  }

  private TimerDefinition read(
      CatchEvent event, TimerEventDefinition definition, Kind kind, ModelElementInstance time) {
    var text = time.getTextContent();
    Expression expression =
        text.startsWith("=") ? expressions.feel(text, definition) : StaticText.of(text);
    if (expression instanceof StaticText fixed && !text.startsWith("=")) {
      var problem = problemOf(fixed, kind);
      if (problem != null) {
        problems.add(event, "Invalid timer %s expression (%s)".formatted(word(kind), problem));
      }
    }
    return new TimerDefinition(kind, expression);
  }

  private static String problemOf(StaticText time, Kind kind) {
    if (time.evaluate(null).type() == ValueType.NUMBER) {
      return "Expected result of the expression '%s' to be a %s, but was 'NUMBER'."
          .formatted(time.text(), word(kind));
    }
    try {
      switch (kind) {
        case DURATION -> TimerSchedule.after(0, time.text());
        case DATE -> TimerSchedule.at(time.text());
        case CYCLE -> TimerSchedule.cycle(0, time.text());
      }
      return null;
    } catch (DateTimeException e) {
      return "Invalid %s format '%s': %s"
          .formatted(kind == Kind.DATE ? "date-time" : word(kind), time.text(), e.getMessage());
    }
  }

  private static String word(Kind kind) {
    return switch (kind) {
      case DURATION -> "duration";
      case DATE -> "date";
      case CYCLE -> "cycle";
    };
  }
}
