package io.skep.domain.engine.element.container;

import io.skep.domain.engine.element.Container;
import io.skep.domain.engine.element.Node;

/// An embedded sub-process.
public record SubProcess(Node node, int startEvent) implements Container {}
