package io.skep.adapter.export;

import static io.skep.adapter.export.CommandVocabulary.words;

import io.skep.domain.engine.deployment.StartSubscription;
import io.skep.domain.engine.message.MessageCommand;
import io.skep.domain.engine.message.MessageContent;
import io.skep.domain.engine.message.MessageEvent;
import io.skep.domain.engine.message.ProcessSubscriptionEvent;
import io.skep.domain.engine.message.Waiting;
import java.util.function.Consumer;

/// What is said of messages and of those who wait for them.
final class MessageVocabulary {
  private static final String SUBSCRIPTION = "MESSAGE_SUBSCRIPTION";
  private static final String PROCESS_SUBSCRIPTION = "PROCESS_MESSAGE_SUBSCRIPTION";

  /// Where no message is meant.
  private static final long NO_MESSAGE = -1;

  private MessageVocabulary() {}

  static Vocabulary of(MessageCommand command) {
    return switch (command) {
      case MessageCommand.PublishMessage publish ->
          new Vocabulary(
              "MESSAGE",
              "PUBLISH",
              to ->
                  to.text("name", publish.name())
                      .text("correlationKey", publish.correlationKey())
                      .text("messageId", publish.messageId())
                      .number("timeToLive", publish.timeToLiveMs())
                      .json("variables", publish.variables().toString())
                      .text("tenantId", publish.tenantId()));
      case MessageCommand.ExpireMessage _ -> words("MESSAGE", "EXPIRE");
      case MessageCommand.OpenSubscription(Waiting waiting) ->
          subscription("CREATE", waiting, NO_MESSAGE, _ -> {});
      case MessageCommand.CloseSubscription _ -> words(SUBSCRIPTION, "DELETE");
      case MessageCommand.AcceptMessage(_, long messageKey) ->
          words(SUBSCRIPTION, "CORRELATE", "messageKey", messageKey);
      case MessageCommand.RejectMessage(_, long messageKey) ->
          words(SUBSCRIPTION, "REJECT", "messageKey", messageKey);
      case MessageCommand.ConfirmSubscription _ -> words(PROCESS_SUBSCRIPTION, "CREATE");
      case MessageCommand.CorrelateMessage(_, long messageKey, _) ->
          words(PROCESS_SUBSCRIPTION, "CORRELATE", "messageKey", messageKey);
      case MessageCommand.StartNext _ -> null;
    };
  }

  static Vocabulary of(MessageEvent event) {
    return switch (event) {
      case MessageEvent.MessagePublished(_, var content) -> message("PUBLISHED", content);
      case MessageEvent.MessageExpired(_, var content) -> message("EXPIRED", content);
      case MessageEvent.SubscriptionCreated(_, var waiting) ->
          subscription("CREATED", waiting, NO_MESSAGE, _ -> {});
      case MessageEvent.MessageCorrelating(_, var waiting, long messageKey, var variables) ->
          subscription(
              "CORRELATING", waiting, messageKey, to -> to.json("variables", variables.toString()));
      case MessageEvent.MessageCorrelated(_, var waiting, long messageKey) ->
          subscription("CORRELATED", waiting, messageKey, _ -> {});
      case MessageEvent.MessageRejected(_, var waiting, long messageKey) ->
          subscription("REJECTED", waiting, messageKey, _ -> {});
      case MessageEvent.SubscriptionDeleted(_, var waiting) ->
          subscription("DELETED", waiting, NO_MESSAGE, _ -> {});
      case MessageEvent.InstanceStarted started ->
          start(
              "CORRELATED",
              started.subscription(),
              to ->
                  to.number("processInstanceKey", started.processInstanceKey())
                      .text("correlationKey", started.content().correlationKey())
                      .number("messageKey", started.messageKey())
                      .json("variables", started.content().variables().toString()));
      case MessageEvent.StartReleased _ -> null;
    };
  }

  private static Vocabulary message(String intent, MessageContent content) {
    return new Vocabulary(
        "MESSAGE",
        intent,
        to ->
            to.text("name", content.name())
                .text("correlationKey", content.correlationKey())
                .text("messageId", content.messageId())
                .number("timeToLive", content.timeToLiveMs())
                .number("deadline", content.deadlineMs())
                .json("variables", content.variables().toString())
                .text("tenantId", content.tenantId()));
  }

  private static Vocabulary subscription(
      String intent, Waiting waiting, long messageKey, Consumer<JsonLine> more) {
    return new Vocabulary(
        SUBSCRIPTION,
        intent,
        to -> {
          to.number("processInstanceKey", waiting.processInstanceKey())
              .number("elementInstanceKey", waiting.elementInstanceKey())
              .text("bpmnProcessId", waiting.bpmnProcessId())
              .text("messageName", waiting.address().messageName())
              .text("correlationKey", waiting.address().correlationKey())
              .number("messageKey", messageKey)
              .flag("interrupting", waiting.interrupting())
              .text("tenantId", waiting.address().tenantId());
          more.accept(to);
        });
  }

  static Vocabulary of(ProcessSubscriptionEvent event) {
    return switch (event) {
      case ProcessSubscriptionEvent.SubscriptionOpening _ ->
          subscription("CREATING", event, NO_MESSAGE, _ -> {});
      case ProcessSubscriptionEvent.SubscriptionOpened _ ->
          subscription("CREATED", event, NO_MESSAGE, _ -> {});
      case ProcessSubscriptionEvent.MessageCorrelated correlated ->
          subscription(
              "CORRELATED",
              event,
              correlated.messageKey(),
              to -> to.json("variables", correlated.variables().toString()));
      case ProcessSubscriptionEvent.SubscriptionClosed _ ->
          subscription("DELETED", event, NO_MESSAGE, _ -> {});
    };
  }

  private static Vocabulary subscription(
      String intent, ProcessSubscriptionEvent event, long messageKey, Consumer<JsonLine> more) {
    var definition = event.place().definition();
    return new Vocabulary(
        PROCESS_SUBSCRIPTION,
        intent,
        to -> {
          to.number("processInstanceKey", event.place().processInstanceKey())
              .number("elementInstanceKey", event.elementInstanceKey())
              .text("bpmnProcessId", definition.bpmnProcessId())
              .number("messageKey", messageKey)
              .text("messageName", event.start().messageName())
              .text("correlationKey", event.start().correlationKey())
              .text("elementId", definition.model().element(event.start().event()).id())
              .flag("interrupting", event.start().interrupting())
              .text("tenantId", definition.tenantId());
          more.accept(to);
        });
  }

  static Vocabulary start(String intent, StartSubscription subscription, Consumer<JsonLine> more) {
    return new Vocabulary(
        "MESSAGE_START_EVENT_SUBSCRIPTION",
        intent,
        to -> {
          to.number("processDefinitionKey", subscription.definition().key())
              .text("bpmnProcessId", subscription.bpmnProcessId())
              .text("startEventId", subscription.event().id())
              .text("messageName", subscription.name())
              .text("tenantId", subscription.definition().tenantId());
          more.accept(to);
        });
  }
}
