package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.Expression;
import java.util.List;

/// Assigns the value of an expression to a variable, or to an entry within one.
///
/// @param path the variable's name, and the names of entries within it
/// @param source from [Feel#parse], or a static text
public record Mapping(List<String> path, Expression source) {}
