package io.skep.domain.engine.timer;

import io.skep.domain.engine.Event;

/// What has become of things that were due.
public sealed interface DueEvent extends Event {

  /// It met a fault in the engine and is seen to later.
  ///
  /// @param key always -1
  /// @param untilMs when it is tried again, epoch milliseconds
  record DuePostponed(long key, DueIndex.Due due, long untilMs) implements DueEvent {}
}
