package io.skep.domain.engine.element.event;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementCommand.CompleteElement;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Node;

/// An event on the edge of an activity, entered once it has occurred.
///
/// @param attachedTo index of that activity
/// @param interrupting whether the activity is terminated when the event occurs
public record BoundaryEvent(Node node, int attachedTo, boolean interrupting, EventDefinition event)
    implements Element {

  /// What its activity waits for because of it.
  AwaitedEvent awaited() {
    return new AwaitedEvent(node.index(), event, interrupting);
  }

  @Override
  public void enter(ElementInstance self, Turn turn) {
    Elements.activated(self, turn);
    turn.then(new CompleteElement(self.key(), Turn.nothing()));
  }
}
