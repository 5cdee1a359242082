package io.skep.domain.engine.element.container;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Container;
import io.skep.domain.engine.element.ElementCommand.ActivateElement;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Node;

/// The process itself, the outermost scope.
///
/// @param startEvent index of its none start event, -1 if there is none
public record ProcessRoot(Node node, int startEvent) implements Container {

  @Override
  public void enter(ElementInstance self, Turn turn) {
    Elements.activated(self, turn);
    turn.then(new ActivateElement(self.key(), startEvent, ActivateElement.START));
  }
}
