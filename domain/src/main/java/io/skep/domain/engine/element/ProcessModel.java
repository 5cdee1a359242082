package io.skep.domain.engine.element;

import io.skep.domain.engine.element.event.TriggeredStartEvent;
import java.util.ArrayList;
import java.util.List;

/// An executable process as it was deployed. The first element is the process itself.
///
/// @param elements by index
/// @param flows by index
public record ProcessModel(String bpmnProcessId, List<Element> elements, List<Flow> flows) {

  public Element element(int index) {
    return elements.get(index);
  }

  /// Indexes of the start events of the process itself that wait for something.
  public List<Integer> triggeredStarts() {
    var found = new ArrayList<Integer>();
    for (Element element : elements) {
      if (element instanceof TriggeredStartEvent && element.node().scope() == 0)
        found.add(element.index());
    }
    return found;
  }

  /// The process as the outermost container.
  public Container root() {
    return (Container) elements.getFirst();
  }
}
