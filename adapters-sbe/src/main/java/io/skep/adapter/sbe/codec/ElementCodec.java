package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.ContinueFollowUpsDecoder;
import io.skep.adapter.sbe.schema.ContinueFollowUpsEncoder;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.domain.engine.element.ElementCommand;
import io.skep.domain.engine.element.ElementCommand.ActivateElement;
import io.skep.domain.engine.element.ElementCommand.CompleteElement;
import io.skep.domain.engine.element.ElementCommand.ContinueFollowUps;
import io.skep.domain.engine.element.ElementCommand.EnterEvent;
import io.skep.domain.engine.element.ElementCommand.ResumeElement;
import io.skep.domain.engine.element.ElementCommand.TerminateElement;
import org.agrona.MutableDirectBuffer;

/// The one step that a partition gives itself by way of the log. The others stay in their turn.
final class ElementCodec {
  private ElementCodec() {}

  static int encode(ElementCommand command, MutableDirectBuffer to, int at) {
    return switch (command) {
      case ContinueFollowUps() ->
          new ContinueFollowUpsEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .limit();
      case ActivateElement _,
          EnterEvent _,
          CompleteElement _,
          TerminateElement _,
          ResumeElement _ ->
          throw CommandCodec.staysInItsTurn(command);
    };
  }

  static ElementCommand decode(Message message) {
    return switch (message.templateId()) {
      case ContinueFollowUpsDecoder.TEMPLATE_ID -> {
        message.as(new ContinueFollowUpsDecoder());
        yield new ContinueFollowUps();
      }
      default -> throw message.unknown("a command about elements");
    };
  }
}
