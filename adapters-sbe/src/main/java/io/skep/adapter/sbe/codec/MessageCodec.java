package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.AcceptMessageDecoder;
import io.skep.adapter.sbe.schema.AcceptMessageEncoder;
import io.skep.adapter.sbe.schema.CloseSubscriptionDecoder;
import io.skep.adapter.sbe.schema.CloseSubscriptionEncoder;
import io.skep.adapter.sbe.schema.ConfirmSubscriptionDecoder;
import io.skep.adapter.sbe.schema.ConfirmSubscriptionEncoder;
import io.skep.adapter.sbe.schema.CorrelateMessageDecoder;
import io.skep.adapter.sbe.schema.CorrelateMessageEncoder;
import io.skep.adapter.sbe.schema.Flag;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.adapter.sbe.schema.OpenSubscriptionDecoder;
import io.skep.adapter.sbe.schema.OpenSubscriptionEncoder;
import io.skep.adapter.sbe.schema.PublishMessageDecoder;
import io.skep.adapter.sbe.schema.PublishMessageEncoder;
import io.skep.adapter.sbe.schema.RejectMessageDecoder;
import io.skep.adapter.sbe.schema.RejectMessageEncoder;
import io.skep.domain.engine.message.Address;
import io.skep.domain.engine.message.MessageCommand;
import io.skep.domain.engine.message.MessageCommand.AcceptMessage;
import io.skep.domain.engine.message.MessageCommand.CloseSubscription;
import io.skep.domain.engine.message.MessageCommand.ConfirmSubscription;
import io.skep.domain.engine.message.MessageCommand.CorrelateMessage;
import io.skep.domain.engine.message.MessageCommand.ExpireMessage;
import io.skep.domain.engine.message.MessageCommand.OpenSubscription;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import io.skep.domain.engine.message.MessageCommand.RejectMessage;
import io.skep.domain.engine.message.MessageCommand.StartNext;
import io.skep.domain.engine.message.Waiting;
import io.skep.domain.json.JsonObject;
import org.agrona.MutableDirectBuffer;

/// Commands about the messages of processes, and what partitions tell each other about them.
final class MessageCodec {
  private MessageCodec() {}

  static int encode(MessageCommand command, MutableDirectBuffer to, int at) {
    return switch (command) {
      case PublishMessage publish -> encode(publish, to, at);
      case OpenSubscription(Waiting waiting) -> encode(waiting, to, at);
      case CloseSubscription(long key) ->
          new CloseSubscriptionEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .subscriptionKey(key)
              .limit();
      case AcceptMessage(long key, long messageKey) ->
          new AcceptMessageEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .subscriptionKey(key)
              .messageKey(messageKey)
              .limit();
      case RejectMessage(long key, long messageKey) ->
          new RejectMessageEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .subscriptionKey(key)
              .messageKey(messageKey)
              .limit();
      case ConfirmSubscription(long key, int partitionId) ->
          new ConfirmSubscriptionEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .subscriptionKey(key)
              .partitionId(partitionId)
              .limit();
      case CorrelateMessage(long key, long messageKey, JsonObject variables) ->
          new CorrelateMessageEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .subscriptionKey(key)
              .messageKey(messageKey)
              .putVariables(variables.text(), 0, variables.text().length)
              .limit();
      case ExpireMessage _, StartNext _ -> throw CommandCodec.staysInItsTurn(command);
    };
  }

  private static int encode(PublishMessage publish, MutableDirectBuffer to, int at) {
    byte[] variables = publish.variables().text();
    return new PublishMessageEncoder()
        .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
        .timeToLiveMs(publish.timeToLiveMs())
        .name(publish.name())
        .correlationKey(publish.correlationKey())
        .messageId(publish.messageId())
        .putVariables(variables, 0, variables.length)
        .tenantId(publish.tenantId())
        .limit();
  }

  private static int encode(Waiting waiting, MutableDirectBuffer to, int at) {
    return new OpenSubscriptionEncoder()
        .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
        .subscriptionKey(waiting.subscriptionKey())
        .processInstanceKey(waiting.processInstanceKey())
        .elementInstanceKey(waiting.elementInstanceKey())
        .interrupting(waiting.interrupting() ? Flag.YES : Flag.NO)
        .bpmnProcessId(waiting.bpmnProcessId())
        .tenantId(waiting.address().tenantId())
        .messageName(waiting.address().messageName())
        .correlationKey(waiting.address().correlationKey())
        .limit();
  }

  static MessageCommand decode(Message message) {
    return switch (message.templateId()) {
      case PublishMessageDecoder.TEMPLATE_ID ->
          publish(message, message.as(new PublishMessageDecoder()));
      case OpenSubscriptionDecoder.TEMPLATE_ID ->
          open(message, message.as(new OpenSubscriptionDecoder()));
      case CloseSubscriptionDecoder.TEMPLATE_ID ->
          new CloseSubscription(message.as(new CloseSubscriptionDecoder()).subscriptionKey());
      case AcceptMessageDecoder.TEMPLATE_ID -> {
        var from = message.as(new AcceptMessageDecoder());
        yield new AcceptMessage(from.subscriptionKey(), from.messageKey());
      }
      case RejectMessageDecoder.TEMPLATE_ID -> {
        var from = message.as(new RejectMessageDecoder());
        yield new RejectMessage(from.subscriptionKey(), from.messageKey());
      }
      case ConfirmSubscriptionDecoder.TEMPLATE_ID -> {
        var from = message.as(new ConfirmSubscriptionDecoder());
        yield new ConfirmSubscription(from.subscriptionKey(), from.partitionId());
      }
      case CorrelateMessageDecoder.TEMPLATE_ID -> {
        var from = message.as(new CorrelateMessageDecoder());
        yield new CorrelateMessage(
            from.subscriptionKey(), from.messageKey(), message.json(from::wrapVariables));
      }
      default -> throw message.unknown("a command about the messages of processes");
    };
  }

  private static PublishMessage publish(Message message, PublishMessageDecoder from) {
    return new PublishMessage(
        message.text(from::wrapName),
        message.text(from::wrapCorrelationKey),
        from.timeToLiveMs(),
        message.text(from::wrapMessageId),
        message.json(from::wrapVariables),
        message.text(from::wrapTenantId));
  }

  private static OpenSubscription open(Message message, OpenSubscriptionDecoder from) {
    var bpmnProcessId = message.text(from::wrapBpmnProcessId);
    var address =
        new Address(
            message.text(from::wrapTenantId),
            message.text(from::wrapMessageName),
            message.text(from::wrapCorrelationKey));
    return new OpenSubscription(
        new Waiting(
            from.subscriptionKey(),
            from.processInstanceKey(),
            from.elementInstanceKey(),
            bpmnProcessId,
            address,
            Message.isYes(from.interrupting())));
  }
}
