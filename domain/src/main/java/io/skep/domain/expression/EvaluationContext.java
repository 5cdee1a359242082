package io.skep.domain.expression;

/// What an expression can see. Valid only during one evaluation.
public interface EvaluationContext {

  /// The JSON text of a variable, or `null` when no scope has a variable of this name.
  byte[] variable(String name);

  /// The time of the turn in epoch milliseconds: what `now()` and `today()` must use.
  long nowMs();

  /// A number drawn from the seed of the log entry: what `random number()` and `uuid()` must start
  /// from, so that each replica gets the same. Each call gives another one.
  long nextRandom();
}
