package io.skep.domain.engine.variable;

import io.skep.domain.engine.Command;
import io.skep.domain.json.JsonObject;

/// What can be done with variables from outside.
public sealed interface VariableCommand extends Command {

  /// @param local whether all are set in this very scope; else each in the nearest scope that has
  ///   it, or the root
  record SetVariables(long elementInstanceKey, JsonObject variables, boolean local)
      implements VariableCommand {}
}
