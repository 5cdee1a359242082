package io.skep.adapter.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.domain.engine.Event;
import io.skep.domain.engine.deployment.DeployedProcess;
import io.skep.domain.engine.deployment.DeploymentEvent;
import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.engine.deployment.StartSubscription;
import io.skep.domain.engine.element.ElementEvent;
import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.incident.IncidentEvent;
import io.skep.domain.engine.instance.InstanceEvent;
import io.skep.domain.engine.job.JobEvent;
import io.skep.domain.engine.job.JobOrigin;
import io.skep.domain.engine.message.MessageEvent;
import io.skep.domain.engine.message.ProcessSubscriptionEvent;
import io.skep.domain.engine.outbox.OutboxEvent;
import io.skep.domain.engine.signal.SignalEvent;
import io.skep.domain.engine.timer.DueEvent;
import io.skep.domain.engine.timer.TimerEvent;
import io.skep.domain.engine.variable.VariableEvent;
import java.util.function.Consumer;

/// What events are called.
final class EventVocabulary {
  private EventVocabulary() {}

  /// @return `null` for events that have no name outside
  static Vocabulary of(Event event) {
    return switch (event) {
      case ElementEvent e -> element(e);
      case JobEvent e -> job(e);
      case VariableEvent e -> variable(e);
      case IncidentEvent e -> incident(e);
      case MessageEvent e -> MessageVocabulary.of(e);
      case ProcessSubscriptionEvent e -> MessageVocabulary.of(e);
      case SignalEvent e -> SignalVocabulary.of(e);
      case TimerEvent e -> timer(e);
      case InstanceEvent e -> instance(e);
      case DeploymentEvent e -> deployment(e);
      case DueEvent _, OutboxEvent _ -> null;
    };
  }

  private static Vocabulary element(ElementEvent event) {
    return switch (event) {
      case ElementEvent.ElementActivating(Place place, _) -> element("ELEMENT_ACTIVATING", place);
      case ElementEvent.ElementActivated(Place place) -> element("ELEMENT_ACTIVATED", place);
      case ElementEvent.ElementCompleting(Place place) -> element("ELEMENT_COMPLETING", place);
      case ElementEvent.ElementCompleted(Place place) -> element("ELEMENT_COMPLETED", place);
      case ElementEvent.ElementTerminating(Place place) -> element("ELEMENT_TERMINATING", place);
      case ElementEvent.ElementTerminated(Place place) -> element("ELEMENT_TERMINATED", place);
      case ElementEvent.FlowTaken(_, Place place, var flow, _) ->
          new Vocabulary(
              "PROCESS_INSTANCE",
              "SEQUENCE_FLOW_TAKEN",
              to -> place(place, "SEQUENCE_FLOW", flow.id(), to));
      case ElementEvent.EventTriggered(long key, int index, _, var variables) ->
          new Vocabulary(
              "PROCESS_EVENT",
              "TRIGGERING",
              to ->
                  to.number("scopeKey", key)
                      .number("targetElementIndex", index)
                      .json("variables", variables.toString()));
      case ElementEvent.TokensSpent _,
          ElementEvent.FollowUpsLeft _,
          ElementEvent.FollowUpsTaken _ ->
          null;
    };
  }

  private static Vocabulary element(String intent, Place place) {
    return new Vocabulary(
        "PROCESS_INSTANCE",
        intent,
        to -> place(place, place.element().type().name(), place.element().id(), to));
  }

  private static void place(Place place, String type, String elementId, JsonLine to) {
    to.text("bpmnElementType", type).text("elementId", elementId);
    definition(place.definition(), to);
    to.number("processInstanceKey", place.processInstanceKey())
        .number("flowScopeKey", place.scopeKey() == 0 ? -1 : place.scopeKey());
  }

  private static void definition(ProcessDefinition definition, JsonLine to) {
    to.text("bpmnProcessId", definition.bpmnProcessId())
        .number("version", definition.version())
        .number("processDefinitionKey", definition.key())
        .text("tenantId", definition.tenantId());
  }

  private static Vocabulary job(JobEvent event) {
    return switch (event) {
      case JobEvent.JobCreated(var origin, int retries) ->
          job("CREATED", origin, to -> to.number("retries", retries));
      case JobEvent.JobActivated(var origin, String worker, long deadlineMs) ->
          job("ACTIVATED", origin, to -> to.text("worker", worker).number("deadline", deadlineMs));
      case JobEvent.JobCompleted(var origin) -> job("COMPLETED", origin, _ -> {});
      case JobEvent.JobCanceled(var origin) -> job("CANCELED", origin, _ -> {});
      case JobEvent.JobFailed(var origin, int retries, long againAtMs, String message) ->
          job(
              "FAILED",
              origin,
              to ->
                  to.number("retries", retries)
                      .number("recurringTime", againAtMs)
                      .text("errorMessage", message));
      case JobEvent.JobTimedOut(var origin) -> job("TIMED_OUT", origin, _ -> {});
      case JobEvent.JobRecurred(var origin) -> job("RECURRED_AFTER_BACKOFF", origin, _ -> {});
      case JobEvent.JobYielded(var origin) -> job("YIELDED", origin, _ -> {});
      case JobEvent.JobErrorThrown(var origin, String code, String message) ->
          job(
              "ERROR_THROWN",
              origin,
              to -> to.text("errorCode", code).text("errorMessage", message));
      case JobEvent.JobRetriesUpdated(var origin, int retries) ->
          job("RETRIES_UPDATED", origin, to -> to.number("retries", retries));
      case JobEvent.JobTimeoutUpdated(var origin, long deadlineMs) ->
          job("TIMEOUT_UPDATED", origin, to -> to.number("deadline", deadlineMs));
      case JobEvent.JobBlocked _ -> null;
    };
  }

  private static Vocabulary job(String intent, JobOrigin origin, Consumer<JsonLine> more) {
    return new Vocabulary(
        "JOB",
        intent,
        to -> {
          to.text("type", origin.type())
              .text("elementId", origin.place().element().id())
              .number("elementInstanceKey", origin.elementInstanceKey())
              .number("processInstanceKey", origin.place().processInstanceKey());
          definition(origin.place().definition(), to);
          to.json("customHeaders", origin.task().headers().toString());
          more.accept(to);
        });
  }

  private static Vocabulary variable(VariableEvent event) {
    return switch (event) {
      case VariableEvent.VariableCreated created -> variable("CREATED", created);
      case VariableEvent.VariableUpdated updated -> variable("UPDATED", updated);
      case VariableEvent.VariablesSet(_, long scopeKey) ->
          new Vocabulary("VARIABLE_DOCUMENT", "UPDATED", to -> to.number("scopeKey", scopeKey));
    };
  }

  private static Vocabulary variable(String intent, VariableEvent.Assignment variable) {
    return new Vocabulary(
        "VARIABLE",
        intent,
        to ->
            to.text("name", variable.name())
                .text("value", new String(variable.value(), UTF_8))
                .number("scopeKey", variable.scopeKey())
                .number("processInstanceKey", variable.processInstanceKey()));
  }

  private static Vocabulary incident(IncidentEvent event) {
    return switch (event) {
      case IncidentEvent.IncidentCreated(
              _,
              var type,
              String message,
              long elementKey,
              long jobKey,
              Place place) ->
          incident("CREATED", type.name(), message, elementKey, jobKey, place);
      case IncidentEvent.IncidentResolved(
              _,
              var type,
              String message,
              long elementKey,
              long jobKey,
              Place place) ->
          incident("RESOLVED", type.name(), message, elementKey, jobKey, place);
    };
  }

  private static Vocabulary incident(
      String intent, String type, String message, long elementKey, long jobKey, Place place) {
    // An error that no event catches has no element of its own in this vocabulary.
    String elementId =
        type.equals("UNHANDLED_ERROR_EVENT") ? "NO_CATCH_EVENT_FOUND" : place.element().id();
    return new Vocabulary(
        "INCIDENT",
        intent,
        to -> {
          to.text("errorType", type)
              .text("errorMessage", message)
              .text("elementId", elementId)
              .number("elementInstanceKey", elementKey)
              .number("jobKey", jobKey == 0 ? -1 : jobKey)
              .number("variableScopeKey", elementKey)
              .number("processInstanceKey", place.processInstanceKey());
          definition(place.definition(), to);
        });
  }

  private static Vocabulary timer(TimerEvent event) {
    String intent =
        switch (event) {
          case TimerEvent.TimerCreated _ -> "CREATED";
          case TimerEvent.TimerTriggered _ -> "TRIGGERED";
          case TimerEvent.TimerCanceled _ -> "CANCELED";
        };
    Place place = event.place();
    return new Vocabulary(
        "TIMER",
        intent,
        to -> {
          to.text(
                  "targetElementId",
                  place.definition().model().element(event.start().element()).id())
              .number("dueDate", event.start().dueAtMs())
              .number("repetitions", event.start().repetitions())
              .number("elementInstanceKey", event.elementInstanceKey())
              .number("processInstanceKey", place.processInstanceKey());
          definition(place.definition(), to);
        });
  }

  private static Vocabulary instance(InstanceEvent event) {
    return switch (event) {
      case InstanceEvent.InstanceCreated(_, long instanceKey, var definition, var variables) ->
          new Vocabulary(
              "PROCESS_INSTANCE_CREATION",
              "CREATED",
              to -> {
                to.number("processInstanceKey", instanceKey);
                definition(definition, to);
                to.json("variables", variables.toString());
              });
      case InstanceEvent.ResultGiven(long key) ->
          new Vocabulary(
              "PROCESS_INSTANCE_RESULT", "COMPLETED", to -> to.number("processInstanceKey", key));
      case InstanceEvent.ResultAwaited _ -> null;
    };
  }

  private static Vocabulary deployment(DeploymentEvent event) {
    return switch (event) {
      case DeploymentEvent.ProcessDeployed(var definition) ->
          new Vocabulary("PROCESS", "CREATED", to -> process(definition.deployed(), to));
      case DeploymentEvent.ResourcesDeployed(_, var processes, String tenantId) ->
          new Vocabulary(
              "DEPLOYMENT",
              "CREATED",
              to -> {
                var list = new StringBuilder("[");
                for (DeployedProcess process : processes) {
                  if (list.length() > 1) list.append(',');
                  var entry = new JsonLine().begin();
                  process(process, entry);
                  entry.endObject();
                  list.append(entry.drain());
                }
                to.json("processesMetadata", list.append(']').toString())
                    .text("tenantId", tenantId);
              });
      case DeploymentEvent.ProcessDeleted(var definition, _) ->
          new Vocabulary("PROCESS", "DELETED", to -> process(definition.deployed(), to));
      case DeploymentEvent.ResourceDeleted(_, long resourceKey, String tenantId) ->
          new Vocabulary(
              "RESOURCE_DELETION",
              "DELETED",
              to -> to.number("resourceKey", resourceKey).text("tenantId", tenantId));
      case DeploymentEvent.StartSubscriptionOpened(var subscription) ->
          start("CREATED", subscription);
      case DeploymentEvent.StartSubscriptionClosed(var subscription) ->
          start("DELETED", subscription);
      case DeploymentEvent.DistributionStarted _,
          DeploymentEvent.DistributionAcknowledged _,
          DeploymentEvent.DistributionEnded _ ->
          null;
    };
  }

  private static Vocabulary start(String intent, StartSubscription subscription) {
    return switch (subscription.trigger()) {
      case MESSAGE -> MessageVocabulary.start(intent, subscription, _ -> {});
      case SIGNAL -> SignalVocabulary.start(intent, subscription);
    };
  }

  private static void process(DeployedProcess process, JsonLine to) {
    to.text("bpmnProcessId", process.bpmnProcessId())
        .number("version", process.version())
        .number("processDefinitionKey", process.key())
        .text("resourceName", process.resource().name())
        .text("tenantId", process.tenantId());
  }
}
