package io.skep.domain.engine.element.task;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementCommand.CompleteElement;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Extraction;
import io.skep.domain.engine.element.Node;
import io.skep.domain.engine.element.event.Subscriptions;
import io.skep.domain.engine.incident.Incidents;
import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.ValueType;
import io.skep.domain.json.JsonObject;
import java.util.List;

/// A script task whose script is an expression.
///
/// @param script may give anything
/// @param resultVariable the name under which its value is known from then on
public record ScriptTask(Node node, Expression script, String resultVariable) implements Element {

  @Override
  public void enter(ElementInstance self, Turn turn) {
    Evaluation evaluation = turn.evaluate(script, self.key());
    if (!(evaluation instanceof Evaluation.Value value)) {
      String problem = Incidents.describe(script, evaluation, ValueType.OBJECT);
      Extraction.raise(self, problem, turn);
      return;
    }
    if (!Subscriptions.open(self, turn)) return;
    Elements.activated(self, turn);
    var result = JsonObject.of(List.of(resultVariable), List.of(value.json()));
    turn.then(new CompleteElement(self.key(), result));
  }
}
