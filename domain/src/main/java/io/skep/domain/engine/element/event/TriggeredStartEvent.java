package io.skep.domain.engine.element.event;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementCommand.CompleteElement;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Node;

/// The start event of a process that makes an instance of it when something happens; entered once
/// it has happened.
///
/// @param name of the message or signal: it is known before there is any instance
public record TriggeredStartEvent(Node node, Trigger trigger, String name) implements Element {

  /// What makes an instance.
  public enum Trigger {
    MESSAGE,
    SIGNAL
  }

  @Override
  public void enter(ElementInstance self, Turn turn) {
    Elements.activated(self, turn);
    turn.then(new CompleteElement(self.key(), Turn.nothing()));
  }
}
