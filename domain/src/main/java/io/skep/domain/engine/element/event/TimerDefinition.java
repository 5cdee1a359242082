package io.skep.domain.engine.element.event;

import io.skep.domain.expression.Expression;

/// When a timer fires.
///
/// @param expression a duration or date in ISO 8601, or for a cycle `R[n]/duration` or a cron
///   expression; text or FEEL
public record TimerDefinition(Kind kind, Expression expression) implements EventDefinition {

  /// The three forms of BPMN.
  public enum Kind {
    DURATION,
    DATE,
    CYCLE
  }
}
