package io.skep.domain.engine.element.event;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementCommand.CompleteElement;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Extraction;
import io.skep.domain.engine.element.Node;
import io.skep.domain.engine.signal.Signals;
import io.skep.domain.engine.variable.Variables;
import java.util.List;

/// An intermediate or end event that broadcasts a signal, with the variables of its input mappings.
public record SignalThrowEvent(Node node, SignalDefinition signal) implements Element {

  @Override
  public void enter(ElementInstance self, Turn turn) {
    String name = Extraction.text(self, signal.name(), turn);
    if (name == null) return;
    Elements.activated(self, turn);
    var variables = Variables.local(self.key(), List.of(), turn);
    Signals.broadcast(name, variables, self.definition().tenantId(), turn);
    turn.then(new CompleteElement(self.key(), Turn.nothing()));
  }
}
