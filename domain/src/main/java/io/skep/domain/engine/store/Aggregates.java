package io.skep.domain.engine.store;

import io.skep.domain.engine.store.Aggregate.Kind;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.LongConsumer;

/// Which aggregates there are, which of them have changed since the last checkpoint, and where those
/// are that have left memory.
///
/// An aggregate in memory is in one of four states, and in the list of that name:
///
///     changed     since the last checkpoint began
///     awaited     by the checkpoint under way, which has yet to get it as it is
///     given       to the checkpoint under way, unchanged since
///     unchanged   since it was stored
///     lasting     like unchanged, of definitions
///
/// Whoever changes an aggregate that is awaited has it given first. Those that stay unchanged from
/// one checkpoint to the next leave memory; they come back when one of their keys is asked for.
/// Definitions never change; they leave if nobody asks for them.
public final class Aggregates implements Journal.Undoable {
  private final Journal journal;
  private final ObjectMap<Aggregate> present = new ObjectMap<>();
  private final Absent absent = new Absent();
  private AggregateList changed = new AggregateList();
  private AggregateList awaited = new AggregateList();
  private final AggregateList given = new AggregateList();
  private final AggregateList unchanged = new AggregateList();
  private final AggregateList lasting = new AggregateList();

  /// How many definitions are in memory.
  private int definitions;

  /// Those that checkpoints hold though they have ended.
  private ObjectMap<Aggregate> ended = new ObjectMap<>();

  private ObjectMap<Aggregate> endedBefore = new ObjectMap<>();
  private final StateWriter writer = new StateWriter();
  private final Queue<Given> early = new ArrayDeque<>();
  private Contents contents;
  private Archive archive = Archive.EMPTY;
  private int checkpoints;

  public Aggregates(Journal journal) {
    this.journal = journal;
  }

  /// What aggregates are made of.
  public interface Contents {
    /// The kind of what was written.
    Kind kindOf(byte[] bytes);

    void write(Aggregate aggregate, StateWriter out);

    /// Puts the rows into their tables.
    void load(Aggregate aggregate, byte[] bytes);

    /// Takes the rows out of their tables.
    void forget(Aggregate aggregate);

    /// Gives all keys by which it may be asked for, except its own.
    void forEachKey(Aggregate aggregate, LongConsumer keys);

    /// Whether a definition must stay in memory.
    boolean isNeeded(Aggregate definition);
  }

  /// Takes records; must copy what it keeps.
  public interface RecordSink {
    void accept(long key, byte[] bytes, int length);
  }

  private record Given(long key, byte[] bytes) {}

  public void use(Contents contents) {
    this.contents = contents;
  }

  /// @param archive where everything is that has been stored and will be
  public void use(Archive archive) {
    this.archive = archive;
  }

  /// How many are in memory that leave when there are too many.
  public int presentCount() {
    return present.size() - definitions;
  }

  // ---- changes

  /// One that begins. To be ended by [#end].
  public Aggregate begin(Kind kind, long key) {
    var aggregate = new Aggregate(key, kind);
    aggregate.usedIn = checkpoints;
    enter(aggregate);
    changed.add(aggregate);
    journal.note(this, key, aggregate);
    return aggregate;
  }

  private void enter(Aggregate aggregate) {
    present.put(aggregate.key(), aggregate);
    if (aggregate.kind() == Kind.DEFINITION) definitions++;
  }

  private void exit(Aggregate aggregate) {
    present.remove(aggregate.key());
    if (aggregate.kind() == Kind.DEFINITION) definitions--;
  }

  /// That of a process instance, which begins if it is not known.
  public Aggregate ofInstance(long key) {
    Aggregate aggregate = present.get(key);
    if (aggregate != null) return aggregate;
    return bringBack(key) ? present.get(key) : begin(Kind.INSTANCE, key);
  }

  /// A definition was asked for.
  public void used(Aggregate definition) {
    if (definition.usedIn == checkpoints) return;
    definition.usedIn = checkpoints;
    if (definition.list == lasting) lasting.add(definition);
  }

  /// It is about to change.
  void changing(Aggregate aggregate) {
    if (aggregate.list == changed || aggregate.ended) return;
    if (aggregate.list == awaited)
      early.add(new Given(aggregate.key(), writtenForCheckpoint(aggregate).toBytes()));
    aggregate.usedIn = checkpoints;
    changed.add(aggregate);
  }

  private StateWriter writtenForCheckpoint(Aggregate aggregate) {
    aggregate.givenTo = checkpoints;
    return written(aggregate);
  }

  private StateWriter written(Aggregate aggregate) {
    writer.clear();
    contents.write(aggregate, writer);
    return writer;
  }

  /// It has ended: its rows go, or have gone.
  public void end(Aggregate aggregate) {
    changing(aggregate);
    changed.remove(aggregate);
    exit(aggregate);
    if (aggregate.place != Archive.NOWHERE) ended.put(aggregate.key(), aggregate);
    aggregate.ended = true;
    journal.note(this, aggregate.key(), aggregate);
  }

  @Override
  public void undo(long key, Object value) {
    var aggregate = (Aggregate) value;
    if (aggregate.ended) {
      aggregate.ended = false;
      ended.remove(key);
      enter(aggregate);
      changed.add(aggregate);
    } else {
      exit(aggregate);
      aggregate.list.remove(aggregate);
    }
  }

  /// Has the aggregate in memory that a key belongs to, if that is absent.
  ///
  /// @return whether it was
  boolean bringBack(long key) {
    long owner = absent.ownerOf(key);
    if (owner == 0) return false;
    long place = absent.placeOf(owner);
    byte[] bytes = archive.read(place);
    Aggregate aggregate;
    try {
      aggregate = restore(owner, place, bytes);
    } catch (RuntimeException e) {
      throw new ArchiveException(
          "Expected aggregate %d at place %d, but what is there cannot be read"
              .formatted(owner, place),
          e);
    }
    absent.remove(owner);
    contents.forEachKey(aggregate, absent::disown);
    stay(aggregate);
    return true;
  }

  /// Takes over what was stored before this process began. The caller enters it into the indexes,
  /// and then lets it go with [#leave] or keeps it with [#stay].
  public Aggregate restore(long key, long place, byte[] bytes) {
    var aggregate = new Aggregate(key, contents.kindOf(bytes));
    aggregate.place = place;
    aggregate.usedIn = checkpoints;
    enter(aggregate);
    contents.load(aggregate, bytes);
    return aggregate;
  }

  /// Lets it stay in memory as it was stored.
  public void stay(Aggregate aggregate) {
    if (aggregate.kind() == Kind.DEFINITION) lasting.add(aggregate);
    else unchanged.add(aggregate);
  }

  /// Takes it out of memory. It must have been stored as it is.
  public void leave(Aggregate aggregate) {
    contents.forEachKey(aggregate, key -> absent.own(key, aggregate.key()));
    absent.put(aggregate.key(), aggregate.place);
    contents.forget(aggregate);
    exit(aggregate);
    if (aggregate.list != null) aggregate.list.remove(aggregate);
  }

  // ---- checkpoints

  /// Begins a checkpoint. There is one at a time, and it begins between two turns.
  public void beginCheckpoint() {
    checkpoints++;
    awaited = changed;
    changed = new AggregateList();
    endedBefore = ended;
    ended = new ObjectMap<>();
  }

  /// Keys of those that were stored and had ended when the checkpoint under way began, in no order.
  /// They do not change until it ends: another thread may ask, too.
  public long[] endedBeforeCheckpoint() {
    return endedBefore.keys();
  }

  /// Gives one that the checkpoint awaits, as it was when that began.
  ///
  /// @return whether there was one
  public boolean give(RecordSink sink) {
    Given before = early.poll();
    if (before != null) {
      sink.accept(before.key, before.bytes, before.bytes.length);
      return true;
    }
    Aggregate aggregate = awaited.first();
    if (aggregate == null) return false;
    writtenForCheckpoint(aggregate)
        .drainTo((bytes, length) -> sink.accept(aggregate.key(), bytes, length));
    given.add(aggregate);
    return true;
  }

  /// Whether what was stored under a key before counts for the checkpoint under way.
  public boolean isInForce(long key, long place) {
    Aggregate aggregate = present.get(key);
    if (aggregate == null) aggregate = ended.get(key);
    if (aggregate == null) return absent.placeOf(key) == place;
    return aggregate.place == place
        && aggregate.list != awaited
        && aggregate.givenTo != checkpoints;
  }

  /// The checkpoint has stored one of those it was given, or stored one again.
  public void stored(long key, long place) {
    Aggregate aggregate = present.get(key);
    if (aggregate == null) {
      if (absent.placeOf(key) != Archive.NOWHERE) {
        absent.put(key, place);
        return;
      }
      // It has ended since. The next checkpoint has to say so.
      aggregate = ended.get(key);
      if (aggregate == null) ended.put(key, aggregate = new Aggregate(key, Kind.INSTANCE));
      aggregate.place = place;
      return;
    }
    aggregate.place = place;
    if (aggregate.list == given) stay(aggregate);
  }

  /// Lets one leave that has not been used since before the last checkpoint but one began, or if
  /// there are too many.
  ///
  /// @param limit how many may be in memory
  /// @return whether there was one
  public boolean leaveOne(int limit) {
    Aggregate oldest = unchanged.first();
    if (oldest == null || isInUse(oldest, presentCount(), limit)) return definitionLeaves(limit);
    leave(oldest);
    return true;
  }

  private boolean isInUse(Aggregate aggregate, int count, int limit) {
    return aggregate.usedIn > checkpoints - 2 && count <= limit;
  }

  private boolean definitionLeaves(int limit) {
    Aggregate oldest = lasting.first();
    if (oldest == null || isInUse(oldest, definitions, limit)) return false;
    if (contents.isNeeded(oldest)) {
      if (oldest.usedIn == checkpoints) return false;
      used(oldest);
    } else {
      leave(oldest);
    }
    return true;
  }

  /// The checkpoint has told of everything it has stored.
  public void checkpointEnds() {
    endedBefore = new ObjectMap<>();
  }

  /// The checkpoint has come to nothing: the next one gets all of it.
  public void checkpointFailed() {
    early.clear();
    changed.addAll(given);
    changed.addAll(awaited);
    // No key is in both.
    if (endedBefore.size() > ended.size()) {
      endedBefore.putAll(ended);
      ended = endedBefore;
    } else {
      ended.putAll(endedBefore);
    }
    checkpointEnds();
  }

  // ---- for those who look at everything

  /// Keys of all, ascending.
  public long[] sortedKeys() {
    long[] absentKeys = absent.keys();
    long[] presentKeys = present.keys();
    long[] keys = Arrays.copyOf(absentKeys, absentKeys.length + presentKeys.length);
    System.arraycopy(presentKeys, 0, keys, absentKeys.length, presentKeys.length);
    Arrays.sort(keys);
    return keys;
  }

  /// One as it would be stored.
  public byte[] bytesOf(long key) {
    Aggregate aggregate = present.get(key);
    if (aggregate == null) return archive.read(absent.placeOf(key));
    return written(aggregate).toBytes();
  }
}
