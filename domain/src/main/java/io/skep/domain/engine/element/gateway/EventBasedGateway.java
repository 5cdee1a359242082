package io.skep.domain.engine.element.gateway;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Flow;
import io.skep.domain.engine.element.Node;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.element.event.AwaitedEvent;
import io.skep.domain.engine.element.event.Subscriptions;
import java.util.ArrayList;
import java.util.List;

/// Waits for the events behind it and goes on with the first that occurs.
public record EventBasedGateway(Node node) implements Element {

  @Override
  public List<AwaitedEvent> awaitedEvents(ProcessModel model) {
    var behind = new ArrayList<AwaitedEvent>();
    for (Flow flow : node.outgoing())
      behind.addAll(model.element(flow.target()).awaitedEvents(model));
    return behind;
  }

  @Override
  public boolean isLeftByEvents() {
    return true;
  }

  @Override
  public void enter(ElementInstance self, Turn turn) {
    if (Subscriptions.open(self, turn)) Elements.activated(self, turn);
  }
}
