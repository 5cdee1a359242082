package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.Flag;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.adapter.sbe.schema.SetVariablesDecoder;
import io.skep.adapter.sbe.schema.SetVariablesEncoder;
import io.skep.domain.engine.variable.VariableCommand;
import io.skep.domain.engine.variable.VariableCommand.SetVariables;
import io.skep.domain.json.JsonObject;
import org.agrona.MutableDirectBuffer;

/// Commands about variables.
final class VariableCodec {
  private VariableCodec() {}

  static int encode(VariableCommand command, MutableDirectBuffer to, int at) {
    return switch (command) {
      case SetVariables(long elementInstanceKey, JsonObject variables, boolean local) ->
          new SetVariablesEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .elementInstanceKey(elementInstanceKey)
              .onlyHere(local ? Flag.YES : Flag.NO)
              .putVariables(variables.text(), 0, variables.text().length)
              .limit();
    };
  }

  static VariableCommand decode(Message message) {
    return switch (message.templateId()) {
      case SetVariablesDecoder.TEMPLATE_ID -> {
        var from = message.as(new SetVariablesDecoder());
        yield new SetVariables(
            from.elementInstanceKey(),
            message.json(from::wrapVariables),
            Message.isYes(from.onlyHere()));
      }
      default -> throw message.unknown("a command about variables");
    };
  }
}
