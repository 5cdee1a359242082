package io.skep.port.in;

import io.skep.domain.engine.Event;
import io.skep.domain.engine.Outcome;
import io.skep.domain.engine.element.ElementEvent;
import io.skep.domain.engine.element.ElementType;
import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.incident.IncidentEvent;
import io.skep.domain.engine.instance.InstanceEvent;
import io.skep.domain.engine.job.JobEvent;
import io.skep.port.out.PartitionMetrics;
import java.util.ArrayList;
import java.util.List;

/// Looks at what the turns of a partition have done, and counts it.
final class EngineObserver {
  private final int partitionId;
  private final PartitionMetrics metrics;
  private final List<String> handedOutTypes = new ArrayList<>();

  EngineObserver(int partitionId, PartitionMetrics metrics) {
    this.partitionId = partitionId;
    this.metrics = metrics;
  }

  void observe(Outcome outcome) {
    handedOutTypes.clear();
    List<Event> events = outcome.events();
    for (int i = 0; i < events.size(); i++) {
      switch (events.get(i)) {
        case ElementEvent event -> observe(event);
        case JobEvent event -> observe(event);
        case InstanceEvent.InstanceCreated _ -> metrics.created(partitionId);
        case IncidentEvent.IncidentCreated _ -> metrics.incident(partitionId, "created");
        case IncidentEvent.IncidentResolved _ -> metrics.incident(partitionId, "resolved");
        default -> {}
      }
    }
  }

  /// Types of which the turn may have taken the last job that could be handed out.
  List<String> handedOutTypes() {
    return handedOutTypes;
  }

  private void observe(ElementEvent event) {
    switch (event) {
      case ElementEvent.ElementActivated(Place place) -> element("activated", place);
      case ElementEvent.ElementCompleted(Place place) -> element("completed", place);
      case ElementEvent.ElementTerminated(Place place) -> element("terminated", place);
      default -> {}
    }
  }

  private void element(String action, Place place) {
    ElementType type = place.element().type();
    metrics.element(partitionId, action, type.name());
    if (type == ElementType.PROCESS) metrics.instance(partitionId, action);
  }

  private void observe(JobEvent event) {
    String action =
        switch (event) {
          case JobEvent.JobCreated _ -> "created";
          case JobEvent.JobActivated _ -> "activated";
          case JobEvent.JobCompleted _ -> "completed";
          case JobEvent.JobCanceled _ -> "canceled";
          case JobEvent.JobFailed _ -> "failed";
          case JobEvent.JobTimedOut _ -> "timed_out";
          case JobEvent.JobRecurred _ -> "recurred_after_backoff";
          case JobEvent.JobYielded _ -> "yielded";
          case JobEvent.JobErrorThrown _ -> "error_thrown";
          case JobEvent.JobRetriesUpdated _ -> "retries_updated";
          case JobEvent.JobTimeoutUpdated _ -> "timeout_updated";
          case JobEvent.JobBlocked _ -> "blocked";
        };
    String type = event.origin().type();
    metrics.job(partitionId, action, type);
    if (!(event instanceof JobEvent.JobCreated) && !handedOutTypes.contains(type))
      handedOutTypes.add(type);
  }
}
