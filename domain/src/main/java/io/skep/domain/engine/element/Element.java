package io.skep.domain.engine.element;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.event.AwaitedEvent;
import io.skep.domain.engine.element.event.BoundaryEvent;
import io.skep.domain.engine.element.event.EndEvent;
import io.skep.domain.engine.element.event.IntermediateCatchEvent;
import io.skep.domain.engine.element.event.SignalThrowEvent;
import io.skep.domain.engine.element.event.StartEvent;
import io.skep.domain.engine.element.event.TriggeredStartEvent;
import io.skep.domain.engine.element.gateway.EventBasedGateway;
import io.skep.domain.engine.element.gateway.ExclusiveGateway;
import io.skep.domain.engine.element.gateway.ParallelGateway;
import io.skep.domain.engine.element.task.JobTask;
import io.skep.domain.engine.element.task.PassThrough;
import io.skep.domain.engine.element.task.ReceiveTask;
import io.skep.domain.engine.element.task.ScriptTask;
import java.util.List;

/// A node of a deployed process: what was deployed, and what it does.
public sealed interface Element
    permits Container,
        StartEvent,
        TriggeredStartEvent,
        EndEvent,
        IntermediateCatchEvent,
        BoundaryEvent,
        SignalThrowEvent,
        PassThrough,
        JobTask,
        ReceiveTask,
        ScriptTask,
        ExclusiveGateway,
        ParallelGateway,
        EventBasedGateway {

  Node node();

  default String id() {
    return node().id();
  }

  default int index() {
    return node().index();
  }

  default ElementType type() {
    return node().type();
  }

  /// Whether it waits for a token on every incoming flow.
  default boolean isJoin() {
    return false;
  }

  /// The events it is there to wait for; those on its edge are not among them.
  default List<AwaitedEvent> awaitedEvents(ProcessModel model) {
    return List.of();
  }

  /// Whether it is left when one of its awaited events occurs, and the event entered. What is ended
  /// by another event has to be terminated before that is entered.
  default boolean isLeftByEvents() {
    return false;
  }

  /// What it does when it is entered and its inputs are in place. If an incident stops it, this is
  /// called again.
  void enter(ElementInstance self, Turn turn);
}
