package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.adapter.sbe.schema.TriggerDueDecoder;
import io.skep.adapter.sbe.schema.TriggerDueEncoder;
import io.skep.domain.engine.timer.TimerCommand;
import io.skep.domain.engine.timer.TimerCommand.PostponeDue;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.domain.engine.timer.TimerCommand.TriggerTimer;
import org.agrona.MutableDirectBuffer;

/// Commands about time.
final class TimerCodec {
  private TimerCodec() {}

  static int encode(TimerCommand command, MutableDirectBuffer to, int at) {
    return switch (command) {
      case TriggerDue() ->
          new TriggerDueEncoder().wrapAndApplyHeader(to, at, new MessageHeaderEncoder()).limit();
      case TriggerTimer _, PostponeDue _ -> throw CommandCodec.staysInItsTurn(command);
    };
  }

  static TimerCommand decode(Message message) {
    return switch (message.templateId()) {
      case TriggerDueDecoder.TEMPLATE_ID -> {
        message.as(new TriggerDueDecoder());
        yield new TriggerDue();
      }
      default -> throw message.unknown("a command about time");
    };
  }
}
