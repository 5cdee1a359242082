package io.skep.domain.engine.element.event;

import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.Node;

/// A timer on the edge of an activity.
///
/// @param attachedTo index of that activity
/// @param interrupting whether the activity is terminated when the timer fires
public record BoundaryEvent(Node node, int attachedTo, boolean interrupting, TimerDefinition timer)
    implements Element {}
