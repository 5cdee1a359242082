package io.skep.domain.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.domain.engine.deployment.DeploymentEvent;
import io.skep.domain.engine.element.ElementEvent;
import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.incident.IncidentEvent;
import io.skep.domain.engine.instance.InstanceEvent;
import io.skep.domain.engine.job.JobEvent;
import io.skep.domain.engine.message.MessageEvent;
import io.skep.domain.engine.message.ProcessSubscriptionEvent;
import io.skep.domain.engine.outbox.OutboxEvent;
import io.skep.domain.engine.signal.SignalEvent;
import io.skep.domain.engine.timer.DueEvent;
import io.skep.domain.engine.timer.TimerEvent;
import io.skep.domain.engine.variable.VariableEvent;

/// Events as one reads them: `SERVICE_TASK task ELEMENT_ACTIVATED`.
final class Trace {
  private Trace() {}

  static String line(Event event) {
    return switch (event) {
      case ElementEvent element -> line(element);
      case JobEvent job -> "JOB " + job.origin().type() + " " + intent(event, "Job");
      case VariableEvent.VariableCreated created ->
          "VARIABLE " + created.name() + "=" + new String(created.value(), UTF_8) + " CREATED";
      case VariableEvent.VariableUpdated updated ->
          "VARIABLE " + updated.name() + "=" + new String(updated.value(), UTF_8) + " UPDATED";
      case VariableEvent.VariablesSet _ -> "VARIABLES SET";
      case TimerEvent.TimerCreated created -> "TIMER " + timerOf(created) + " CREATED";
      case TimerEvent timer ->
          "TIMER " + timer.place().element().id() + " " + intent(event, "Timer");
      case IncidentEvent.IncidentCreated created ->
          "INCIDENT " + created.place().element().id() + " " + created.type() + " CREATED";
      case IncidentEvent.IncidentResolved resolved ->
          "INCIDENT " + resolved.place().element().id() + " " + resolved.type() + " RESOLVED";
      case MessageEvent.MessagePublished(_, var content) ->
          "MESSAGE " + content.name() + " PUBLISHED";
      case MessageEvent.MessageExpired(_, var content) -> "MESSAGE " + content.name() + " EXPIRED";
      case MessageEvent _ -> "MESSAGE_SUBSCRIPTION " + intent(event, "");
      case ProcessSubscriptionEvent subscription ->
          "PROCESS_SUBSCRIPTION " + subscription.start().messageName() + " " + intent(event, "");
      case SignalEvent.SignalBroadcast(_, String name, _, _) -> "SIGNAL " + name + " BROADCAST";
      case SignalEvent _ -> "SIGNAL_" + intent(event, "");
      case InstanceEvent _, DeploymentEvent _, DueEvent _, OutboxEvent _ -> intent(event, "");
    };
  }

  private static String timerOf(TimerEvent.TimerCreated created) {
    return created.place().definition().model().element(created.start().element()).id();
  }

  private static String line(ElementEvent event) {
    return switch (event) {
      case ElementEvent.ElementActivating(Place place, _) -> of(place) + " ELEMENT_ACTIVATING";
      case ElementEvent.ElementActivated(Place place) -> of(place) + " ELEMENT_ACTIVATED";
      case ElementEvent.ElementCompleting(Place place) -> of(place) + " ELEMENT_COMPLETING";
      case ElementEvent.ElementCompleted(Place place) -> of(place) + " ELEMENT_COMPLETED";
      case ElementEvent.ElementTerminating(Place place) -> of(place) + " ELEMENT_TERMINATING";
      case ElementEvent.ElementTerminated(Place place) -> of(place) + " ELEMENT_TERMINATED";
      case ElementEvent.FlowTaken taken ->
          "SEQUENCE_FLOW " + taken.flow().id() + " SEQUENCE_FLOW_TAKEN";
      default -> intent(event, "");
    };
  }

  private static String of(Place place) {
    return place.element().type() + " " + place.element().id();
  }

  /// `JobTimedOut` without its subject, in capitals: `TIMED_OUT`.
  private static String intent(Event event, String subject) {
    String name = event.getClass().getSimpleName().substring(subject.length());
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(java.util.Locale.ROOT);
  }
}
