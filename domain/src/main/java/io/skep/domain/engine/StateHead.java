package io.skep.domain.engine;

import io.skep.domain.engine.store.CorruptStateException;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.expression.ProcessReader;

/// The part of a stored state that is written as a whole each time: everything that is no
/// aggregate.
final class StateHead {
  /// Grows with each change of the format of heads and aggregates.
  private static final int FORMAT = 4;

  /// The oldest format that is still read.
  private static final int OLDEST_FORMAT = 4;

  /// The oldest behaviour of the engine that is still known.
  private static final int OLDEST_LOGIC = 1;

  private StateHead() {}

  static byte[] write(State state, long position, long nowMs) {
    var out = new StateWriter();
    out.writeInt(FORMAT).writeInt(Engine.LOGIC_VERSION).writeInt(state.partitionId());
    out.writeLong(position).writeLong(nowMs).writeLong(state.lastKey());
    state.due().write(out);
    state.processes().write(out);
    state.distributions().write(out);
    state.mailboxes().write(out);
    state.startSubscriptions().write(out);
    state.backlog().write(out);
    return out.toBytes();
  }

  /// Reads into an engine that is new.
  static void read(byte[] bytes, Engine engine, ProcessReader reader) {
    State state = engine.state();
    var in = new StateReader(bytes);
    check("state format", in.readInt(), OLDEST_FORMAT, FORMAT);
    check("logic version", in.readInt(), OLDEST_LOGIC, Engine.LOGIC_VERSION);
    int writtenBy = in.readInt();
    if (writtenBy != state.partitionId()) {
      throw new CorruptStateException(
          "Expected the state of partition %d, but it is that of partition %d"
              .formatted(state.partitionId(), writtenBy));
    }
    engine.restore(in.readLong(), in.readLong());
    state.restoreLastKey(in.readLong());
    state.due().read(in);
    state.processes().read(in, reader);
    state.distributions().read(in);
    state.mailboxes().read(in);
    state.startSubscriptions().read(in, state.processes());
    state.backlog().read(in);
    if (!in.atEnd())
      throw new CorruptStateException("Expected the end of a state's head, but there is more");
  }

  private static void check(String what, int found, int oldest, int newest) {
    if (found >= oldest && found <= newest) return;
    String range = oldest == newest ? String.valueOf(newest) : "%d to %d".formatted(oldest, newest);
    throw new CorruptStateException(
        "Expected %s %s, but it is %d: it was written by %s version"
            .formatted(what, range, found, found > newest ? "a newer" : "an older"));
  }
}
