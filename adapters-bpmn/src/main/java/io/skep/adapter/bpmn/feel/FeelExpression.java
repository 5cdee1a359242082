package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.EvaluationContext;
import io.skep.domain.expression.Expression;
import org.camunda.feel.syntaxtree.ParsedExpression;

/// An expression that the FEEL library evaluates.
///
/// @param syntax its tree, together with the text that failures quote
record FeelExpression(ParsedExpression syntax) implements Expression {

  @Override
  public String text() {
    return syntax.text();
  }

  @Override
  public Evaluation evaluate(EvaluationContext context) {
    return Evaluator.evaluate(syntax, context);
  }
}
