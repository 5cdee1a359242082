package io.skep.domain.engine.element.gateway;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Node;
import io.skep.domain.engine.element.event.Subscriptions;

/// Waits for the events behind it and goes on with the first that occurs.
public record EventBasedGateway(Node node) implements Element {

  @Override
  public void enter(ElementInstance self, Turn turn) {
    if (Subscriptions.open(self, turn)) Elements.activated(self, turn);
  }
}
