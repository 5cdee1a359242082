package io.skep.domain.engine.element;

import io.skep.domain.expression.Expression;

/// A sequence flow.
///
/// @param index its place in [ProcessModel#flows]
/// @param source index of the element it leaves
/// @param target index of the element it leads to
/// @param condition what must be true to take it, or `null` if there is no condition
public record Flow(int index, String id, int source, int target, Expression condition) {}
