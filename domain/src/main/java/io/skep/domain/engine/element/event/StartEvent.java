package io.skep.domain.engine.element.event;

import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.Node;

/// A none start event.
public record StartEvent(Node node) implements Element {}
