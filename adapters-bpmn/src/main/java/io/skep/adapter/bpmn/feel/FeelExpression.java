package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.EvaluationContext;
import org.camunda.feel.syntaxtree.ParsedExpression;

/// An expression that the FEEL library evaluates.
record FeelExpression(ParsedExpression syntax) implements ParsedFeel {

  @Override
  public Evaluation evaluate(EvaluationContext context) {
    return Evaluator.evaluate(syntax, context);
  }
}
