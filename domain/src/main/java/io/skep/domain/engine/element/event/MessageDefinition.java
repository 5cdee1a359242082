package io.skep.domain.engine.element.event;

import io.skep.domain.expression.Expression;

/// A message that is waited for. Both are evaluated when the waiting begins.
///
/// @param name gives a string
/// @param correlationKey gives a string or a whole number
public record MessageDefinition(Expression name, Expression correlationKey)
    implements EventDefinition {}
