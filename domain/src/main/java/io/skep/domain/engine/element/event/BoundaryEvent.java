package io.skep.domain.engine.element.event;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementCommand.CompleteElement;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Node;

/// A timer on the edge of an activity.
///
/// @param attachedTo index of that activity
/// @param interrupting whether the activity is terminated when the timer fires
public record BoundaryEvent(Node node, int attachedTo, boolean interrupting, TimerDefinition timer)
    implements Element {

  /// Entered only once its timer has fired.
  @Override
  public void enter(ElementInstance self, Turn turn) {
    Elements.activated(self, turn);
    turn.then(new CompleteElement(self.key(), Turn.nothing()));
  }
}
