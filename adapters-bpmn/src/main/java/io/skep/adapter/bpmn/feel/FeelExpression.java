package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.EvaluationContext;
import org.camunda.feel.syntaxtree.ParsedExpression;

/// An expression that the FEEL library evaluates.
record FeelExpression(ParsedExpression syntax) implements ParsedFeel {

  static FeelExpression parse(String text) throws FeelSyntaxException {
    return new FeelExpression(new ParsedExpression(FeelGrammar.parse(text), text));
  }

  /// An expression that is known to be one.
  static FeelExpression parsed(String text) {
    try {
      return parse(text);
    } catch (FeelSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public Evaluation evaluate(EvaluationContext context) {
    return Evaluator.evaluate(syntax, context);
  }
}
