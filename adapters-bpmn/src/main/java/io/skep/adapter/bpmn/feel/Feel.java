package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.Expression;
import org.camunda.feel.syntaxtree.ParsedExpression;

/// The expression language of BPMN models. Nothing of it is loaded before the first expression is read.
public final class Feel {
  private Feel() {}

  /// @param text FEEL without the leading `=`
  /// @throws FeelSyntaxException if it cannot be evaluated
  public static Expression parse(String text) throws FeelSyntaxException {
    return new FeelExpression(new ParsedExpression(FeelGrammar.parse(text), text));
  }
}
