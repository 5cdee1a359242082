package io.skep.domain.engine.element.event;

import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.Node;

/// Waits for its timer.
public record IntermediateCatchEvent(Node node, TimerDefinition timer) implements Element {}
