package io.skep.domain.engine.signal;

import io.skep.domain.engine.Event;
import io.skep.domain.engine.element.Place;
import io.skep.domain.json.JsonObject;

/// What has become of signals and of those who listen for them.
public sealed interface SignalEvent extends Event {

  /// @param key given by the partition where it was broadcast first
  record SignalBroadcast(long key, String name, JsonObject variables, String tenantId)
      implements SignalEvent {}

  /// @param elementInstanceKey that listens, or has the boundary event
  /// @param place of that instance
  record SubscriptionCreated(
      long key, long elementInstanceKey, SignalSubscription.Start start, Place place)
      implements SignalEvent {}

  record SubscriptionDeleted(
      long key, long elementInstanceKey, SignalSubscription.Start start, Place place)
      implements SignalEvent {}
}
