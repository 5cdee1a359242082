package io.skep.domain.engine.instance;

import io.skep.domain.engine.Command;
import io.skep.domain.json.JsonObject;
import java.util.List;

/// What can be done with process instances as a whole.
public sealed interface InstanceCommand extends Command {

  /// Creates an instance. The id counts before the key if both are given.
  ///
  /// @param bpmnProcessId empty if the definition is named by its key
  /// @param version negative for the latest
  /// @param processDefinitionKey counts if there is no id
  /// @param variables of the root scope
  /// @param result what to answer when the instance completes, or `null` to answer as soon as it is
  ///   created
  record CreateProcessInstance(
      String bpmnProcessId,
      int version,
      long processDefinitionKey,
      JsonObject variables,
      ResultRequest result,
      String tenantId)
      implements InstanceCommand {}

  /// @param fetchVariables names of the root variables to answer with; empty for all of them
  record ResultRequest(List<String> fetchVariables) {}

  /// Terminates an instance with all that lives in it.
  record CancelProcessInstance(long processInstanceKey) implements InstanceCommand {}
}
