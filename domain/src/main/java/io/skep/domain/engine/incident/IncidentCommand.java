package io.skep.domain.engine.incident;

import io.skep.domain.engine.Command;

/// What can be done with incidents.
public sealed interface IncidentCommand extends Command {

  /// Repeats the step that failed.
  record ResolveIncident(long incidentKey) implements IncidentCommand {}
}
