package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.BroadcastSignalDecoder;
import io.skep.adapter.sbe.schema.BroadcastSignalEncoder;
import io.skep.adapter.sbe.schema.DistributeSignalDecoder;
import io.skep.adapter.sbe.schema.DistributeSignalEncoder;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.domain.engine.signal.SignalCommand;
import io.skep.domain.engine.signal.SignalCommand.BroadcastSignal;
import io.skep.domain.engine.signal.SignalCommand.DistributeSignal;
import io.skep.domain.engine.signal.SignalCommand.ReachListeners;
import io.skep.domain.json.JsonObject;
import org.agrona.MutableDirectBuffer;

/// Commands about signals.
final class SignalCodec {
  private SignalCodec() {}

  static int encode(SignalCommand command, MutableDirectBuffer to, int at) {
    return switch (command) {
      case BroadcastSignal(String name, JsonObject variables, String tenantId) ->
          new BroadcastSignalEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .name(name)
              .putVariables(variables.text(), 0, variables.text().length)
              .tenantId(tenantId)
              .limit();
      case DistributeSignal(long signalKey, String name, JsonObject variables, String tenantId) ->
          new DistributeSignalEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .signalKey(signalKey)
              .name(name)
              .putVariables(variables.text(), 0, variables.text().length)
              .tenantId(tenantId)
              .limit();
      case ReachListeners _ -> throw CommandCodec.staysInItsTurn(command);
    };
  }

  static SignalCommand decode(Message message) {
    return switch (message.templateId()) {
      case BroadcastSignalDecoder.TEMPLATE_ID -> {
        var from = message.as(new BroadcastSignalDecoder());
        yield new BroadcastSignal(
            message.text(from::wrapName),
            message.json(from::wrapVariables),
            message.text(from::wrapTenantId));
      }
      case DistributeSignalDecoder.TEMPLATE_ID -> {
        var from = message.as(new DistributeSignalDecoder());
        yield new DistributeSignal(
            from.signalKey(),
            message.text(from::wrapName),
            message.json(from::wrapVariables),
            message.text(from::wrapTenantId));
      }
      default -> throw message.unknown("a command about signals");
    };
  }
}
