package io.skep.adapter.export;

import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.engine.deployment.StartSubscription;
import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.signal.SignalCommand;
import io.skep.domain.engine.signal.SignalEvent;
import io.skep.domain.engine.signal.SignalSubscription;
import io.skep.domain.json.JsonObject;

/// What is said of signals and of those who listen for them.
final class SignalVocabulary {
  /// What a start event has, since no instance of it listens.
  private static final long NO_INSTANCE = -1;

  private SignalVocabulary() {}

  static Vocabulary of(SignalCommand command) {
    return switch (command) {
      case SignalCommand.BroadcastSignal(String name, var variables, String tenantId) ->
          signal("BROADCAST", name, variables, tenantId);
      case SignalCommand.DistributeSignal(_, String name, var variables, String tenantId) ->
          signal("BROADCAST", name, variables, tenantId);
      case SignalCommand.ReachListeners _ -> null;
    };
  }

  static Vocabulary of(SignalEvent event) {
    return switch (event) {
      case SignalEvent.SignalBroadcast(_, String name, var variables, String tenantId) ->
          signal("BROADCASTED", name, variables, tenantId);
      case SignalEvent.SubscriptionCreated(_, long elementKey, var start, Place place) ->
          subscription("CREATED", elementKey, start, place);
      case SignalEvent.SubscriptionDeleted(_, long elementKey, var start, Place place) ->
          subscription("DELETED", elementKey, start, place);
    };
  }

  private static Vocabulary signal(
      String intent, String name, JsonObject variables, String tenantId) {
    return new Vocabulary(
        "SIGNAL",
        intent,
        to ->
            to.text("signalName", name)
                .json("variables", variables.toString())
                .text("tenantId", tenantId));
  }

  private static Vocabulary subscription(
      String intent, long elementKey, SignalSubscription.Start start, Place place) {
    String eventId = place.definition().model().element(start.event()).id();
    return subscription(intent, place.definition(), eventId, elementKey, start.signalName());
  }

  static Vocabulary start(String intent, StartSubscription subscription) {
    return subscription(
        intent,
        subscription.definition(),
        subscription.event().id(),
        NO_INSTANCE,
        subscription.name());
  }

  private static Vocabulary subscription(
      String intent,
      ProcessDefinition definition,
      String eventId,
      long elementKey,
      String signalName) {
    return new Vocabulary(
        "SIGNAL_SUBSCRIPTION",
        intent,
        to ->
            to.number("processDefinitionKey", definition.key())
                .text("bpmnProcessId", definition.bpmnProcessId())
                .text("catchEventId", eventId)
                .number("catchEventInstanceKey", elementKey)
                .text("signalName", signalName)
                .text("tenantId", definition.tenantId()));
  }
}
