package io.skep.domain.engine.element.event;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Node;
import io.skep.domain.engine.element.ProcessModel;
import java.util.List;

/// Waits for its event. Behind an event-based gateway it is the gateway that waits, and this is
/// entered when the event has occurred.
public record IntermediateCatchEvent(Node node, EventDefinition event) implements Element {

  @Override
  public List<AwaitedEvent> awaitedEvents(ProcessModel model) {
    return List.of(new AwaitedEvent(node.index(), event, true));
  }

  @Override
  public void enter(ElementInstance self, Turn turn) {
    if (Subscriptions.open(self, turn)) Elements.activated(self, turn);
  }
}
