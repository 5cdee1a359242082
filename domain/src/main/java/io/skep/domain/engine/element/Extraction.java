package io.skep.domain.engine.element;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.engine.incident.Incidents;
import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.StaticText;
import io.skep.domain.expression.ValueType;
import io.skep.domain.json.Json;

/// What an element instance needs of expressions to take its step, read in its own scope. Each
/// method gives `null` if an expression does not give what is expected: there is an incident then.
public final class Extraction {
  private Extraction() {}

  public static String text(ElementInstance self, Expression expression, Turn turn) {
    // Nearly always it is one: then all instances share the text.
    if (expression instanceof StaticText fixed && fixed.isString()) return fixed.text();
    Evaluation.Value value = value(self, expression, ValueType.STRING, turn);
    return value == null ? null : Json.unquote(value.json());
  }

  /// @return without its fraction
  public static Integer number(ElementInstance self, Expression expression, Turn turn) {
    Evaluation.Value value = value(self, expression, ValueType.NUMBER, turn);
    if (value == null) return null;
    return Json.intValue(value.json());
  }

  public static Boolean condition(ElementInstance self, Expression expression, Turn turn) {
    Evaluation.Value value = value(self, expression, ValueType.BOOLEAN, turn);
    return value == null ? null : value.json()[0] == 't';
  }

  /// A string, or a whole number as a string.
  public static String correlationKey(ElementInstance self, Expression expression, Turn turn) {
    Evaluation evaluation = turn.evaluate(expression, self.key());
    if (evaluation instanceof Evaluation.Value(ValueType type, byte[] json, _)) {
      if (type == ValueType.STRING) return Json.unquote(json);
      String number = type == ValueType.NUMBER ? Json.wholeNumber(json) : null;
      if (number != null) return number;
    }
    raise(
        self,
        "Expected the correlation key '%s' to be a string or a whole number, but: %s"
            .formatted(
                expression.text(), Incidents.describe(expression, evaluation, ValueType.STRING)),
        turn);
    return null;
  }

  private static Evaluation.Value value(
      ElementInstance self, Expression expression, ValueType expected, Turn turn) {
    Evaluation evaluation = turn.evaluate(expression, self.key());
    if (evaluation instanceof Evaluation.Value value && value.type() == expected) return value;
    raise(self, Incidents.describe(expression, evaluation, expected), turn);
    return null;
  }

  /// Stops the instance, which did not get what it needs.
  public static void raise(ElementInstance self, String problem, Turn turn) {
    Incidents.raise(self, IncidentType.EXTRACT_VALUE_ERROR, problem, turn);
  }
}
