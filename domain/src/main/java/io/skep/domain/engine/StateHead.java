package io.skep.domain.engine;

import io.skep.domain.engine.outbox.MailboxTable;
import io.skep.domain.engine.store.CorruptStateException;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import java.util.List;

/// The part of a stored state that is written as a whole each time: everything that is no
/// aggregate.
///
/// To take one costs little, whatever there is: messages for other partitions and follow-ups that
/// were left, of which there may be many, never change and are written later, perhaps by another
/// thread.
final class StateHead {
  /// Grows with each change of the format of heads and aggregates.
  private static final int FORMAT = 5;

  /// The oldest format that is still read.
  private static final int OLDEST_FORMAT = 5;

  /// The oldest behaviour of the engine that is still known.
  private static final int OLDEST_LOGIC = 1;

  private final StateWriter out = new StateWriter();
  private final MailboxTable.Frozen mailboxes;
  private final List<Command> backlog;

  private StateHead(State state, long position, long nowMs) {
    out.writeInt(FORMAT).writeInt(Engine.LOGIC_VERSION).writeInt(state.partitionId());
    out.writeLong(position).writeLong(nowMs).writeLong(state.lastKey());
    state.due().write(out);
    state.processes().write(out);
    state.distributions().write(out);
    state.startSubscriptions().write(out);
    mailboxes = state.mailboxes().freeze();
    backlog = state.backlog().commands();
  }

  /// Between two turns.
  static StateHead of(State state, long position, long nowMs) {
    return new StateHead(state, position, nowMs);
  }

  /// Once. The state may have gone on.
  byte[] toBytes() {
    mailboxes.write(out);
    FollowUpBacklog.write(backlog, out);
    return out.toBytes();
  }

  /// Reads into an engine that is new.
  static void read(byte[] bytes, Engine engine) {
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
    state.processes().read(in);
    state.distributions().read(in);
    state.startSubscriptions().read(in);
    state.mailboxes().read(in);
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
