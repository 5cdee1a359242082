package io.skep.domain.engine.element;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.Event;
import io.skep.domain.json.JsonObject;
import java.util.List;

/// What has become of element instances and tokens.
public sealed interface ElementEvent extends Event {

  /// A step in the life of an element instance.
  sealed interface LifeEvent extends ElementEvent {
    Place place();

    @Override
    default long key() {
      return place().key();
    }
  }

  /// @param cause how it was entered
  record ElementActivating(Place place, Cause cause) implements LifeEvent {}

  record ElementActivated(Place place) implements LifeEvent {}

  record ElementCompleting(Place place) implements LifeEvent {}

  record ElementCompleted(Place place) implements LifeEvent {}

  record ElementTerminating(Place place) implements LifeEvent {}

  record ElementTerminated(Place place) implements LifeEvent {}

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

  /// An event on the edge of an activity, or behind an event-based gateway, has occurred. It is
  /// entered at once, or when the activity or the gateway has ended if it is the end of that.
  ///
  /// @param key of the instance that waited for it
  /// @param event index of the event
  /// @param ending whether what waited for it ends
  /// @param variables what came with the event
  record EventTriggered(long key, int event, boolean ending, JsonObject variables)
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
