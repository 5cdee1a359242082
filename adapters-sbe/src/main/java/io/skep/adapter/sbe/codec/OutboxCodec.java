package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.AcknowledgeMessagesDecoder;
import io.skep.adapter.sbe.schema.AcknowledgeMessagesEncoder;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.adapter.sbe.schema.ReceiveMessagesDecoder;
import io.skep.adapter.sbe.schema.ReceiveMessagesEncoder;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.outbox.OutboxCommand;
import io.skep.domain.engine.outbox.OutboxCommand.AcknowledgeMessages;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import io.skep.domain.engine.outbox.OutboxCommand.RefuseMessage;
import io.skep.domain.engine.outbox.OutboxCommand.TakeMessage;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/// What partitions send each other.
final class OutboxCodec {
  private OutboxCodec() {}

  static int encode(OutboxCommand command, MutableDirectBuffer to, int at) {
    return switch (command) {
      case ReceiveMessages(int fromPartition, long firstNumber, List<Command> messages) -> {
        var message = new ReceiveMessagesEncoder();
        message
            .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
            .firstNumber(firstNumber)
            .fromPartition(fromPartition);
        var group = message.messagesCount(messages.size());
        for (Command each : messages) {
          group.next();
          Nested.write(message, to, each, OutboxCodec::encodeMessage);
        }
        yield message.limit();
      }
      case AcknowledgeMessages(int toPartition, long upToNumber) ->
          new AcknowledgeMessagesEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .upToNumber(upToNumber)
              .toPartition(toPartition)
              .limit();
      case TakeMessage _, RefuseMessage _ -> throw CommandCodec.staysInItsTurn(command);
    };
  }

  /// Messages do not hold messages, so nobody can make a reader run out of stack.
  private static int encodeMessage(Command command, MutableDirectBuffer to, int at) {
    if (command instanceof ReceiveMessages) {
      throw new IllegalArgumentException(
          "Expected a message to another partition to be a single command, but it is " + command);
    }
    return CommandCodec.encode(command, to, at);
  }

  static OutboxCommand decode(Message message) {
    return switch (message.templateId()) {
      case ReceiveMessagesDecoder.TEMPLATE_ID ->
          decode(message, message.as(new ReceiveMessagesDecoder()));
      case AcknowledgeMessagesDecoder.TEMPLATE_ID -> {
        var from = message.as(new AcknowledgeMessagesDecoder());
        yield new AcknowledgeMessages(from.toPartition(), from.upToNumber());
      }
      default -> throw message.unknown("a message between partitions");
    };
  }

  private static ReceiveMessages decode(Message message, ReceiveMessagesDecoder from) {
    var group = from.messages();
    int count = message.entries(group.count(), group.actingBlockLength(), 0, 1);
    var commands = new ArrayList<Command>(count);
    for (var each : group) {
      commands.add(message.readPart(each::wrapCommand, OutboxCodec::decodeMessage));
    }
    return new ReceiveMessages(from.fromPartition(), from.firstNumber(), commands);
  }

  private static Command decodeMessage(Message message) {
    if (message.templateId() == ReceiveMessagesDecoder.TEMPLATE_ID) {
      throw message.unknown("a single command as a message to another partition");
    }
    return CommandCodec.decode(message);
  }
}
