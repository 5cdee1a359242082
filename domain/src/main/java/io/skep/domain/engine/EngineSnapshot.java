package io.skep.domain.engine;

import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.ElementInstanceTable;
import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.job.JobOrigin;
import io.skep.domain.engine.store.CorruptStateException;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.expression.ProcessReader;
import io.skep.domain.json.JsonSyntaxException;

/// An engine as it is between two turns, to be written while it goes on, and read again.
///
/// A sequence of chunks: a head, messages and those who wait for them, some in each chunk, one
/// chunk for each process instance with all that it owns, an empty chunk as the end. Equal states
/// give equal chunks.
public final class EngineSnapshot {
  /// Grows with each change of the format.
  private static final int FORMAT = 2;

  /// The oldest format that is still read.
  private static final int OLDEST_FORMAT = 2;

  /// The oldest behaviour of the engine that is still known.
  private static final int OLDEST_LOGIC = 1;

  /// What a chunk behind the head holds.
  private static final int MESSAGES = 1;

  private static final int MESSAGE_SUBSCRIPTIONS = 2;
  private static final int INSTANCE = 3;

  /// Chunks of small things are ended when they are as large as this.
  private static final int CHUNK_BYTES = 64 * 1024;

  private final State state;
  private final long position;
  private final long nowMs;

  private EngineSnapshot(State state, long position, long nowMs) {
    this.state = state;
    this.position = position;
    this.nowMs = nowMs;
  }

  /// Takes the engine as it is. Costs a copy of its indexes, not of its content.
  public static EngineSnapshot of(Engine engine) {
    return new EngineSnapshot(engine.state().frozen(), engine.position(), engine.nowMs());
  }

  /// Takes chunks one after the other; must copy what it keeps.
  public interface ChunkSink {
    void accept(byte[] bytes, int length);
  }

  /// Gives chunks one after the other.
  public interface ChunkSource {
    /// @return not to be written to
    byte[] next();
  }

  /// Writes all chunks. May be called by another thread than the engine's.
  public void writeTo(ChunkSink sink) {
    var out = new StateWriter();
    out.writeInt(FORMAT).writeInt(Engine.LOGIC_VERSION).writeInt(state.partitionId());
    out.writeLong(position).writeLong(nowMs).writeLong(state.lastKey());
    state.due().write(out);
    state.processes().write(out);
    state.distributions().write(out);
    state.mailboxes().write(out);
    state.startSubscriptions().write(out);
    state.backlog().write(out);
    out.drainTo(sink::accept);
    writeAll(MESSAGES, state.messages().sortedKeys(), state.messages()::write, out, sink);
    writeAll(
        MESSAGE_SUBSCRIPTIONS,
        state.messageSubscriptions().keys(),
        state.messageSubscriptions()::write,
        out,
        sink);
    for (long key : state.elements().sortedKeys()) {
      ElementInstance instance = state.elements().get(key);
      if (instance.scopeKey() != 0) continue;
      writeInstance(instance, out);
      out.drainTo(sink::accept);
    }
    sink.accept(new byte[0], 0);
  }

  private interface RowWriter {
    void write(long key, StateWriter out);
  }

  private static void writeAll(
      int kind, long[] keys, RowWriter rows, StateWriter out, ChunkSink sink) {
    for (long key : keys) {
      if (out.size() == 0) out.writeByte(kind);
      rows.write(key, out);
      if (out.size() >= CHUNK_BYTES) out.drainTo(sink::accept);
    }
    if (out.size() > 0) out.drainTo(sink::accept);
  }

  private void writeInstance(ElementInstance root, StateWriter out) {
    out.writeByte(INSTANCE).writeLong(root.key()).writeLong(root.definition().key());
    state.awaitedResults().write(root.key(), out);
    state.startLocks().write(root.key(), out);
    writeElement(root, out);
  }

  /// An element instance, all that belongs to it, and then its children.
  private void writeElement(ElementInstance instance, StateWriter out) {
    long key = instance.key();
    ElementInstanceTable.write(instance, out);
    state.variables().write(key, out);
    out.writeBoolean(instance.jobKey() != 0);
    if (instance.jobKey() != 0) {
      state.jobs().write(instance.jobKey(), out);
      writeIncident(state.jobs().get(instance.jobKey()).incidentKey(), out);
    }
    writeIncident(instance.incidentKey(), out);
    out.writeInt(instance.timerCount());
    for (int i = 0; i < instance.timerCount(); i++) state.timers().write(instance.timerKey(i), out);
    out.writeInt(instance.messageSubscriptionCount());
    for (int i = 0; i < instance.messageSubscriptionCount(); i++)
      state.processSubscriptions().write(instance.messageSubscriptionKey(i), out);
    out.writeInt(instance.signalSubscriptionCount());
    for (int i = 0; i < instance.signalSubscriptionCount(); i++)
      state.signalSubscriptions().write(instance.signalSubscriptionKey(i), out);
    int children = 0;
    for (long child = instance.firstChild();
        child != 0;
        child = state.elements().get(child).nextSibling()) children++;
    out.writeInt(children);
    for (long child = instance.firstChild();
        child != 0;
        child = state.elements().get(child).nextSibling()) {
      writeElement(state.elements().get(child), out);
    }
  }

  private void writeIncident(long key, StateWriter out) {
    out.writeBoolean(key != 0);
    if (key != 0) state.incidents().write(key, out);
  }

  /// Makes an engine of chunks.
  ///
  /// @throws CorruptStateException if they are not the chunks of this partition, or in a format
  ///   that is too new or too old to be read
  public static Engine read(
      ChunkSource source,
      int partitionId,
      int partitionCount,
      ProcessReader reader,
      boolean recording) {
    try {
      return readChunks(source, partitionId, partitionCount, reader, recording);
    } catch (IndexOutOfBoundsException
        | NullPointerException
        | IllegalStateException
        | ClassCastException
        | JsonSyntaxException e) {
      throw new CorruptStateException(
          "Expected the state of partition %d, but its parts do not fit together: %s"
              .formatted(partitionId, e),
          e);
    }
  }

  private static Engine readChunks(
      ChunkSource source,
      int partitionId,
      int partitionCount,
      ProcessReader reader,
      boolean recording) {
    var engine = new Engine(partitionId, partitionCount, reader, recording);
    State state = engine.state();
    var in = new StateReader(source.next());
    check("state format", in.readInt(), OLDEST_FORMAT, FORMAT);
    check("logic version", in.readInt(), OLDEST_LOGIC, Engine.LOGIC_VERSION);
    int writtenBy = in.readInt();
    if (writtenBy != partitionId) {
      throw new CorruptStateException(
          "Expected the state of partition %d, but it is that of partition %d"
              .formatted(partitionId, writtenBy));
    }
    engine.restore(in.readLong(), in.readLong());
    long lastKey = in.readLong();
    state.beginTurn();
    state.due().read(in);
    state.processes().read(in, reader);
    state.distributions().read(in);
    state.mailboxes().read(in);
    state.startSubscriptions().read(in, state.processes());
    state.backlog().read(in);
    checkEnd(in);
    for (byte[] chunk; (chunk = source.next()).length > 0; ) {
      state.beginTurn();
      readChunk(new StateReader(chunk), state);
    }
    state.restoreLastKey(lastKey);
    state.beginTurn();
    return engine;
  }

  private static void readChunk(StateReader in, State state) {
    int kind = in.readByte();
    switch (kind) {
      case MESSAGES -> {
        while (!in.atEnd()) state.messages().read(in);
      }
      case MESSAGE_SUBSCRIPTIONS -> {
        while (!in.atEnd()) state.messageSubscriptions().read(in);
      }
      case INSTANCE -> {
        readInstance(in, state);
        checkEnd(in);
      }
      default ->
          throw new CorruptStateException(
              "Expected a chunk of kind 1 to 3, but it is %d".formatted(kind));
    }
  }

  private static void check(String what, int found, int oldest, int newest) {
    if (found >= oldest && found <= newest) return;
    String range = oldest == newest ? String.valueOf(newest) : "%d to %d".formatted(oldest, newest);
    throw new CorruptStateException(
        "Expected %s %s, but it is %d: it was written by %s version"
            .formatted(what, range, found, found > newest ? "a newer" : "an older"));
  }

  private static void checkEnd(StateReader in) {
    if (!in.atEnd())
      throw new CorruptStateException("Expected the end of a chunk, but there is more");
  }

  private static void readInstance(StateReader in, State state) {
    long key = in.readLong();
    long definitionKey = in.readLong();
    ProcessDefinition definition = state.processes().ofInstance(definitionKey);
    if (definition == null) {
      throw new CorruptStateException(
          "Expected process definition %d of instance %d, but there is none"
              .formatted(definitionKey, key));
    }
    state.awaitedResults().read(key, in);
    state.startLocks().read(key, in);
    readElement(in, state, key, 0, definition);
  }

  private static long readElement(
      StateReader in,
      State state,
      long processInstanceKey,
      long scopeKey,
      ProcessDefinition definition) {
    ElementInstance instance = state.elements().read(in, processInstanceKey, scopeKey, definition);
    long key = instance.key();
    Place place = instance.place();
    state.variables().read(key, in);
    if (in.readBoolean()) {
      state.jobs().read(in, type -> new JobOrigin(type, key, place));
      if (in.readBoolean()) {
        state
            .jobs()
            .readIncident(
                instance.jobKey(), state.incidents().read(key, instance.jobKey(), place, in));
      }
    }
    if (in.readBoolean()) state.incidents().read(key, 0, place, in);
    int timers = in.readCount();
    for (int i = 0; i < timers; i++) state.timers().read(key, in);
    int messages = in.readCount();
    for (int i = 0; i < messages; i++) state.processSubscriptions().read(key, in);
    int signals = in.readCount();
    for (int i = 0; i < signals; i++) state.signalSubscriptions().read(key, in);
    int children = in.readCount();
    for (int i = 0; i < children; i++) readElement(in, state, processInstanceKey, key, definition);
    return key;
  }

  /// A hash over what a state holds, without the engine's position and time: what events alone must
  /// give again.
  static long digestOf(State state) {
    return new EngineSnapshot(state, 0, 0).digest();
  }

  /// A hash over all chunks: equal for equal states.
  public long digest() {
    long[] hash = {0xcbf29ce484222325L};
    writeTo(
        (bytes, length) -> {
          for (int i = 0; i < length; i++) hash[0] = (hash[0] ^ bytes[i] & 0xFF) * 0x100000001b3L;
          hash[0] = (hash[0] ^ length) * 0x100000001b3L;
        });
    return hash[0];
  }
}
