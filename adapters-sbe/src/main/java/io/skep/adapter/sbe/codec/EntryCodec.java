package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.codec.Message.Origin;
import io.skep.adapter.sbe.schema.LogEntryDecoder;
import io.skep.adapter.sbe.schema.LogEntryEncoder;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.port.out.LogCodec.Batch;
import io.skep.port.out.LogCodec.Entry;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/// Log entries: what the leader stamps on a batch, and its commands.
final class EntryCodec {
  /// What an entry takes without its commands.
  static final int OWN_BYTES =
      MessageHeaderEncoder.ENCODED_LENGTH
          + LogEntryEncoder.BLOCK_LENGTH
          + LogEntryEncoder.commandsHeaderLength();

  /// An entry as it was before the first release.
  private static final int BEFORE_RELEASE = 20;

  private EntryCodec() {}

  static byte[] encode(Batch batch, List<byte[]> commands) {
    int size = 0;
    for (byte[] command : commands) size = Math.addExact(size, PackedCommands.bytes(command));
    var bytes = new byte[Math.addExact(OWN_BYTES, size)];
    var buffer = new UnsafeBuffer(bytes);
    int sizeAt =
        new LogEntryEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .logicVersion(batch.logicVersion())
            .timeMs(batch.timeMs())
            .seed(batch.seed())
            .firstRequest(batch.firstRequest())
            .limit();
    buffer.putInt(sizeAt, size, ByteOrder.LITTLE_ENDIAN);
    int at = OWN_BYTES;
    for (byte[] command : commands) at = PackedCommands.write(command, bytes, at);
    return bytes;
  }

  static Entry decode(byte[] bytes) {
    return Message.read(bytes, 0, bytes.length, Origin.OWN, EntryCodec::decode);
  }

  private static Entry decode(Message message) {
    if (message.templateId() == BEFORE_RELEASE) {
      throw Message.malformed(
          "Expected a log entry of schema version 4 or later, but it is of version %d, from before the first release: start with an empty data directory, or with the program that wrote this one"
              .formatted(message.version()));
    }
    if (message.templateId() != LogEntryDecoder.TEMPLATE_ID) throw message.unknown("a log entry");
    var from = message.as(new LogEntryDecoder());
    var batch = new Batch(from.logicVersion(), from.timeMs(), from.seed(), from.firstRequest());
    return new Entry(batch, PackedCommands.read(message, message.view(from::wrapCommands)));
  }
}
