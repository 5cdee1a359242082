package io.skep.domain.engine.deployment;

import io.skep.domain.engine.element.event.TriggeredStartEvent;
import io.skep.domain.engine.element.event.TriggeredStartEvent.Trigger;

/// A start event of the newest version of a process that waits for a message or a signal.
///
/// @param startEvent index of the start event
public record StartSubscription(long key, ProcessDefinition definition, int startEvent) {

  public TriggeredStartEvent event() {
    return (TriggeredStartEvent) definition.model().element(startEvent);
  }

  public Trigger trigger() {
    return event().trigger();
  }

  /// Of the message or signal.
  public String name() {
    return event().name();
  }

  public String bpmnProcessId() {
    return definition.bpmnProcessId();
  }
}
