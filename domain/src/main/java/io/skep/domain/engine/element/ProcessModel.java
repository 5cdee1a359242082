package io.skep.domain.engine.element;

import java.util.List;

/// An executable process as it was deployed. The first element is the process itself.
///
/// @param elements by index
/// @param flows by index
public record ProcessModel(String bpmnProcessId, List<Element> elements, List<Flow> flows) {

  public Element element(int index) {
    return elements.get(index);
  }

  /// The process as the outermost container.
  public Container root() {
    return (Container) elements.getFirst();
  }
}
