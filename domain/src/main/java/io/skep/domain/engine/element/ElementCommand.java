package io.skep.domain.engine.element;

import io.skep.domain.engine.Command;
import io.skep.domain.json.JsonObject;

/// Steps that a turn gives itself. But for [ContinueFollowUps] they never come from outside.
public sealed interface ElementCommand extends Command {

  /// Enters an element.
  ///
  /// @param scopeKey the container instance it lives in
  /// @param element index in the process model
  /// @param flow index of the flow it is entered by, or [#START]
  record ActivateElement(long scopeKey, int element, int flow) implements ElementCommand {
    /// The first element of its scope.
    public static final int START = -1;
  }

  /// Enters and leaves an event that has occurred while something else waited for it: a boundary
  /// event, a start event, one behind an event-based gateway.
  ///
  /// @param scopeKey the container instance it lives in
  /// @param variables what came with the event
  record EnterEvent(long scopeKey, int element, JsonObject variables) implements ElementCommand {}

  /// Leaves an element whose work is done.
  ///
  /// @param variables what the work gave
  record CompleteElement(long elementInstanceKey, JsonObject variables) implements ElementCommand {}

  /// Ends an element before its work is done.
  record TerminateElement(long elementInstanceKey) implements ElementCommand {}

  /// Repeats the step that an incident stopped.
  record ResumeElement(long elementInstanceKey) implements ElementCommand {}

  /// Goes on with the follow-ups that an earlier turn left behind because they were too many.
  record ContinueFollowUps() implements ElementCommand {}
}
