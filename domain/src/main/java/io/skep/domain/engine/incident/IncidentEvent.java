package io.skep.domain.engine.incident;

import io.skep.domain.engine.Event;
import io.skep.domain.engine.element.Place;

/// What has become of incidents.
public sealed interface IncidentEvent extends Event {

  long elementInstanceKey();

  /// 0 if it is not about a job.
  long jobKey();

  Place place();

  record IncidentCreated(
      long key,
      IncidentType type,
      String message,
      long elementInstanceKey,
      long jobKey,
      Place place)
      implements IncidentEvent {}

  record IncidentResolved(
      long key,
      IncidentType type,
      String message,
      long elementInstanceKey,
      long jobKey,
      Place place)
      implements IncidentEvent {}
}
