package io.skep.domain.expression;

/// A compiled expression or a static text of a deployed model. Stateless and safe to share between
/// partitions.
public interface Expression {

  /// The text as it stands in the model, without the leading `=`.
  String text();

  /// Evaluates against the variables that are visible in a scope. Never throws for what a model or
  /// a variable can contain: what goes wrong comes back as [Evaluation.Failure].
  Evaluation evaluate(EvaluationContext context);
}
