package io.skep.domain.engine.element;

/// Where an element instance is in its life.
public enum ElementState {
  /// Entered; its inputs are not in place yet, or an incident holds it there.
  ACTIVATING,
  ACTIVATED,
  /// Its work is done; its outputs are not in place yet, or an incident holds it there.
  COMPLETING,
  /// It has to end before its work is done, and waits for what lives in it.
  TERMINATING
}
