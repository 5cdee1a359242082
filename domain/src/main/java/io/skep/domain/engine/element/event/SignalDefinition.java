package io.skep.domain.engine.element.event;

import io.skep.domain.expression.Expression;

/// A signal that is waited for.
///
/// @param name gives a string, when the waiting begins
public record SignalDefinition(Expression name) implements EventDefinition {}
