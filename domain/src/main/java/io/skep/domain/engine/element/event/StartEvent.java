package io.skep.domain.engine.element.event;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementCommand.CompleteElement;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Node;

/// A none start event.
public record StartEvent(Node node) implements Element {

  @Override
  public void enter(ElementInstance self, Turn turn) {
    Elements.activated(self, turn);
    turn.then(new CompleteElement(self.key(), Turn.nothing()));
  }
}
