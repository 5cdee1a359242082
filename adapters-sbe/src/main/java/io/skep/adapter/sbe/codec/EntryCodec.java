package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.codec.Message.Origin;
import io.skep.adapter.sbe.schema.LogEntryDecoder;
import io.skep.adapter.sbe.schema.LogEntryEncoder;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.domain.engine.Command;
import io.skep.port.out.LogCodec.Batch;
import io.skep.port.out.LogCodec.Entry;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/// Log entries: what the leader stamps on a batch, and its commands as they came.
final class EntryCodec {
  private static final int LENGTH_BYTES = 4;

  /// What an entry takes without its commands.
  static final int OWN_BYTES =
      MessageHeaderEncoder.ENCODED_LENGTH
          + LogEntryEncoder.BLOCK_LENGTH
          + LogEntryEncoder.CommandsEncoder.HEADER_SIZE;

  private EntryCodec() {}

  static byte[] encode(Batch batch, List<byte[]> commands) {
    int size = OWN_BYTES;
    for (byte[] command : commands) size = Math.addExact(size, commandBytes(command.length));
    var bytes = new byte[size];
    var message = new LogEntryEncoder();
    message
        .wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder())
        .logicVersion(batch.logicVersion())
        .timeMs(batch.timeMs())
        .seed(batch.seed())
        .firstRequest(batch.firstRequest());
    var group = message.commandsCount(commands.size());
    for (byte[] command : commands) group.next().putCommand(command, 0, command.length);
    return bytes;
  }

  static int commandBytes(int bytes) {
    return Math.addExact(LENGTH_BYTES, bytes);
  }

  static Entry decode(byte[] bytes) {
    return Message.read(bytes, 0, bytes.length, Origin.OWN, EntryCodec::decode);
  }

  private static Entry decode(Message message) {
    if (message.templateId() != LogEntryDecoder.TEMPLATE_ID) throw message.unknown("a log entry");
    var from = message.as(new LogEntryDecoder());
    var batch = new Batch(from.logicVersion(), from.timeMs(), from.seed(), from.firstRequest());
    var group = from.commands();
    int count = message.entries(group.count(), group.actingBlockLength(), 0, 1);
    var commands = new ArrayList<Command>(count);
    for (var each : group) {
      commands.add(message.readPart(each::wrapCommand, CommandCodec::decode));
    }
    return new Entry(batch, commands);
  }
}
