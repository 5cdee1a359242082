package io.skep.domain.engine.instance;

import io.skep.domain.engine.Event;
import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.json.JsonObject;
import java.util.List;

/// What has become of process instances beyond their elements.
public sealed interface InstanceEvent extends Event {

  /// @param processInstanceKey the instance it made
  record InstanceCreated(
      long key, long processInstanceKey, ProcessDefinition definition, JsonObject variables)
      implements InstanceEvent {}

  /// Somebody waits for the instance to complete.
  ///
  /// @param key of the instance
  /// @param request whom to answer
  record ResultAwaited(long key, long request, List<String> fetchVariables)
      implements InstanceEvent {}

  /// The one who waited was answered.
  record ResultGiven(long key) implements InstanceEvent {}
}
