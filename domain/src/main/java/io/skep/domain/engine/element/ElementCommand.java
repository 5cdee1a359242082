package io.skep.domain.engine.element;

import io.skep.domain.engine.Command;

/// Steps that a turn gives itself. They never come from outside.
public sealed interface ElementCommand extends Command {

  /// Enters an element.
  ///
  /// @param scopeKey the container instance it lives in, 0 for a process
  /// @param element index in the process model
  record ActivateElement(long scopeKey, int element) implements ElementCommand {}

  /// Leaves an element whose work is done.
  record CompleteElement(long elementInstanceKey) implements ElementCommand {}

  /// Ends an element before its work is done.
  record TerminateElement(long elementInstanceKey) implements ElementCommand {}

  /// Goes on with the follow-ups that an earlier turn left behind because they were too many.
  record ContinueFollowUps() implements ElementCommand {}
}
