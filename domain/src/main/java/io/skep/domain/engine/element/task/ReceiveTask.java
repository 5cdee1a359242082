package io.skep.domain.engine.element.task;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Node;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.element.event.AwaitedEvent;
import io.skep.domain.engine.element.event.MessageDefinition;
import io.skep.domain.engine.element.event.Subscriptions;
import java.util.List;

/// A task that waits for a message.
public record ReceiveTask(Node node, MessageDefinition message) implements Element {

  @Override
  public List<AwaitedEvent> awaitedEvents(ProcessModel model) {
    return List.of(new AwaitedEvent(node.index(), message, true));
  }

  @Override
  public void enter(ElementInstance self, Turn turn) {
    if (Subscriptions.open(self, turn)) Elements.activated(self, turn);
  }
}
