package io.skep.domain.engine.element;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.Event;
import java.util.List;

/// What has become of element instances and tokens.
public sealed interface ElementEvent extends Event {

  /// @param cause how it was entered
  record ElementActivating(long key, Place place, Cause cause) implements ElementEvent {}

  record ElementActivated(long key, Place place) implements ElementEvent {}

  record ElementCompleting(long key, Place place) implements ElementEvent {}

  record ElementCompleted(long key, Place place) implements ElementEvent {}

  record ElementTerminating(long key, Place place) implements ElementEvent {}

  record ElementTerminated(long key, Place place) implements ElementEvent {}

  /// A token is on its way to the flow's target.
  ///
  /// @param place of the element it left
  /// @param counted whether tokens on this flow are counted one by one, because they end at a
  ///   parallel join
  record FlowTaken(long key, Place place, Flow flow, boolean counted) implements ElementEvent {}

  /// A join has used up one token of each of its incoming flows.
  ///
  /// @param key of the scope
  record TokensSpent(long key, List<Flow> incoming) implements ElementEvent {}

  /// A boundary event has fired. It is entered at once, or when its activity has ended if that is
  /// to be interrupted.
  ///
  /// @param key of the activity's instance
  /// @param boundaryEvent index of the boundary event
  record BoundaryEventTriggered(long key, int boundaryEvent, boolean interrupting)
      implements ElementEvent {}

  /// More follow-ups than one turn may do are left for a later turn.
  ///
  /// @param key always -1
  record FollowUpsLeft(long key, List<Command> commands) implements ElementEvent {}

  /// The follow-ups that were left have been taken up again.
  ///
  /// @param key always -1
  record FollowUpsTaken(long key) implements ElementEvent {}

  /// How an element was entered, which says what token it used up.
  enum Cause {
    /// Over a sequence flow, or by a boundary event: one token of the scope.
    TOKEN,
    /// A join: tokens are spent by an event of their own.
    JOIN,
    /// As the first of its scope, or as a process: none.
    START
  }
}
