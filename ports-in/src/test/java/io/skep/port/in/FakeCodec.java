package io.skep.port.in;

import io.skep.domain.engine.Command;
import io.skep.port.out.LogCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Commands as numbers under which they can be found again. Thread-safe.
final class FakeCodec implements LogCodec {
  private static final int HEADER_BYTES = Integer.BYTES + 3 * Long.BYTES;
  private static final int LENGTH_BYTES = Integer.BYTES;

  private final List<Command> commands = new ArrayList<>();

  /// How many bytes commands take from now on, four at least.
  volatile int commandBytes = Integer.BYTES;

  @Override
  public byte[] encode(Command command) {
    return encode(command, commandBytes);
  }

  /// @param bytes how many it shall take, four at least
  synchronized byte[] encode(Command command, int bytes) {
    commands.add(command);
    return ByteBuffer.allocate(bytes).putInt(commands.size() - 1).array();
  }

  @Override
  public synchronized Command decode(byte[] bytes) {
    return commands.get(ByteBuffer.wrap(bytes).getInt());
  }

  @Override
  public byte[] encodeEntry(Batch batch, List<byte[]> commands) {
    int size = HEADER_BYTES;
    for (byte[] command : commands) size += LENGTH_BYTES + command.length;
    var entry = ByteBuffer.allocate(size);
    entry.putInt(batch.logicVersion()).putLong(batch.timeMs()).putLong(batch.seed());
    entry.putLong(batch.firstRequest());
    for (byte[] command : commands) entry.putInt(command.length).put(command);
    return entry.array();
  }

  @Override
  public Entry decodeEntry(byte[] bytes) {
    var entry = ByteBuffer.wrap(bytes);
    var batch = new Batch(entry.getInt(), entry.getLong(), entry.getLong(), entry.getLong());
    var commands = new ArrayList<Command>();
    while (entry.hasRemaining()) {
      byte[] command = new byte[entry.getInt()];
      entry.get(command);
      commands.add(decode(command));
    }
    return new Entry(batch, commands);
  }

  @Override
  public int entryBytes(byte[] command) {
    return HEADER_BYTES + LENGTH_BYTES + command.length;
  }
}
