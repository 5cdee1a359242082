package io.skep.simulation;

import io.skep.domain.engine.Command;
import io.skep.port.out.LogCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Commands as numbers under which they can be found again, by any process.
class ObjectCodec implements LogCodec {
  private static final int HEADER_BYTES = Integer.BYTES + 3 * Long.BYTES;

  private final List<Command> commands = new ArrayList<>();

  @Override
  public byte[] encode(Command command) {
    commands.add(command);
    return ByteBuffer.allocate(Integer.BYTES).putInt(commands.size() - 1).array();
  }

  @Override
  public Command decode(byte[] bytes) {
    return commands.get(ByteBuffer.wrap(bytes).getInt());
  }

  @Override
  public byte[] encodeEntry(Batch batch, List<byte[]> encoded) {
    var entry = ByteBuffer.allocate(HEADER_BYTES + encoded.size() * Integer.BYTES);
    entry.putInt(batch.logicVersion()).putLong(batch.timeMs()).putLong(batch.seed());
    entry.putLong(batch.firstRequest());
    encoded.forEach(entry::put);
    return entry.array();
  }

  @Override
  public Entry decodeEntry(byte[] bytes) {
    var entry = ByteBuffer.wrap(bytes);
    var batch = new Batch(entry.getInt(), entry.getLong(), entry.getLong(), entry.getLong());
    var decoded = new ArrayList<Command>();
    while (entry.hasRemaining()) decoded.add(commands.get(entry.getInt()));
    return new Entry(batch, decoded);
  }

  @Override
  public int entryBytes(byte[] command) {
    return HEADER_BYTES + command.length;
  }
}
