package io.skep.domain.engine.element;

import io.skep.domain.engine.element.container.ProcessRoot;
import io.skep.domain.engine.element.container.SubProcess;

/// An element that other elements live in.
public sealed interface Container extends Element permits ProcessRoot, SubProcess {

  /// Index of its none start event.
  int startEvent();
}
