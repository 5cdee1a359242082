package io.skep.domain.engine.timer;

import io.skep.domain.engine.Event;
import io.skep.domain.engine.element.Place;

/// What has become of timers.
public sealed interface TimerEvent extends Event {

  /// The instance that waits, or that has the boundary event.
  long elementInstanceKey();

  Timer.Start start();

  /// Of that instance.
  Place place();

  record TimerCreated(long key, long elementInstanceKey, Timer.Start start, Place place)
      implements TimerEvent {}

  record TimerTriggered(long key, long elementInstanceKey, Timer.Start start, Place place)
      implements TimerEvent {}

  record TimerCanceled(long key, long elementInstanceKey, Timer.Start start, Place place)
      implements TimerEvent {}
}
