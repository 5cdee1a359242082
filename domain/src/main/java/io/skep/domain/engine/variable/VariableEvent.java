package io.skep.domain.engine.variable;

import io.skep.domain.engine.Event;
import io.skep.domain.json.JsonObject;

/// What has become of variables.
public sealed interface VariableEvent extends Event {

  /// A variable has got a value. It is a member of a document, which is not taken apart for it.
  sealed interface Assignment extends VariableEvent {
    /// The element instance it lives in.
    long scopeKey();

    long processInstanceKey();

    /// What a client, a worker or an expression gave.
    JsonObject document();

    /// Which of its members.
    int member();

    default String name() {
      return document().name(member());
    }

    /// Canonical JSON text, a new array.
    default byte[] value() {
      return document().value(member());
    }
  }

  record VariableCreated(
      long key, long scopeKey, long processInstanceKey, JsonObject document, int member)
      implements Assignment {}

  record VariableUpdated(
      long key, long scopeKey, long processInstanceKey, JsonObject document, int member)
      implements Assignment {}

  /// A client has set variables.
  record VariablesSet(long key, long scopeKey) implements VariableEvent {}
}
