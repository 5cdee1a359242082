package io.skep.domain.engine.element.container;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Container;
import io.skep.domain.engine.element.ElementCommand.ActivateElement;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Node;
import io.skep.domain.engine.element.event.Subscriptions;

/// An embedded sub-process.
public record SubProcess(Node node, int startEvent) implements Container {

  @Override
  public void enter(ElementInstance self, Turn turn) {
    if (!Subscriptions.open(self, turn)) return;
    Elements.activated(self, turn);
    turn.then(new ActivateElement(self.key(), startEvent, ActivateElement.START));
  }
}
