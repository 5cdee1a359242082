package io.skep.domain.engine.element.event;

import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.Node;

/// A none end event.
public record EndEvent(Node node) implements Element {}
