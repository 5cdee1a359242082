package io.skep.domain.engine.element.container;

import io.skep.domain.engine.element.Container;
import io.skep.domain.engine.element.Node;

/// The process itself, the outermost scope.
///
/// @param startEvent index of its none start event, -1 if there is none
public record ProcessRoot(Node node, int startEvent) implements Container {}
