package io.skep.domain.engine.variable;

import io.skep.domain.engine.Event;

/// What has become of variables.
public sealed interface VariableEvent extends Event {

  /// @param scopeKey the element instance it lives in
  /// @param value canonical JSON text
  record VariableCreated(
      long key, long scopeKey, long processInstanceKey, String name, byte[] value)
      implements VariableEvent {}

  record VariableUpdated(
      long key, long scopeKey, long processInstanceKey, String name, byte[] value)
      implements VariableEvent {}

  /// A client has set variables.
  record VariablesSet(long key, long scopeKey) implements VariableEvent {}
}
