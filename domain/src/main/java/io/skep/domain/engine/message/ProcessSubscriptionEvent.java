package io.skep.domain.engine.message;

import io.skep.domain.engine.Event;
import io.skep.domain.engine.element.Place;
import io.skep.domain.json.JsonObject;

/// What has become of the waiting for messages, on the partition of the instance.
public sealed interface ProcessSubscriptionEvent extends Event {

  /// The instance that waits, or that has the boundary event.
  long elementInstanceKey();

  ProcessSubscription.Start start();

  /// Of that instance.
  Place place();

  /// The partition of the correlation key is being told.
  record SubscriptionOpening(
      long key, long elementInstanceKey, ProcessSubscription.Start start, Place place)
      implements ProcessSubscriptionEvent {}

  /// The partition of the correlation key knows.
  record SubscriptionOpened(
      long key, long elementInstanceKey, ProcessSubscription.Start start, Place place)
      implements ProcessSubscriptionEvent {}

  /// A message has come. If it interrupts, the waiting is over.
  record MessageCorrelated(
      long key,
      long elementInstanceKey,
      ProcessSubscription.Start start,
      Place place,
      long messageKey,
      JsonObject variables)
      implements ProcessSubscriptionEvent {}

  /// The waiting is over without a message.
  record SubscriptionClosed(
      long key, long elementInstanceKey, ProcessSubscription.Start start, Place place)
      implements ProcessSubscriptionEvent {}
}
