package io.skep.domain.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.skep.domain.engine.store.Aggregates.RecordSink;
import io.skep.domain.engine.store.Archive;
import io.skep.domain.engine.store.ArchiveException;
import io.skep.domain.expression.ProcessReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// What checkpoints store, in memory. Now and then stores again what is in force, as somebody does
/// who frees room, and forgets the former place at once.
public final class CheckpointMemory implements Archive {
  private static final int MOVED_EACH = 3;

  private final Map<Long, byte[]> places = new HashMap<>();
  private TreeMap<Long, Long> placesByKey = new TreeMap<>();
  private byte[] head;
  private long lastPlace = -1;
  private int reads;
  private Source open;
  private final TreeMap<Long, Long> given = new TreeMap<>();

  /// A checkpoint under way.
  public interface Source {
    byte[] head();

    long[] ended();

    /// @return whether there may be more
    boolean next(RecordSink sink);

    boolean isInForce(long key, long place);

    void stored(long[] keys, long[] places, int count);

    void failed();
  }

  /// Whether nothing was stored yet.
  public boolean isEmpty() {
    return head == null;
  }

  public boolean isOpen() {
    return open != null;
  }

  public void begin(Source checkpoint) {
    assertNull(open, "one at a time");
    open = checkpoint;
    given.clear();
  }

  void begin(Engine engine) {
    if (isEmpty()) engine.use(this);
    begin(new OfEngine(engine.checkpoint()));
  }

  /// Whatever it has stored and is not in use leaves memory, and nothing may notice.
  private record OfEngine(EngineCheckpoint checkpoint) implements Source {
    @Override
    public byte[] head() {
      return checkpoint.head();
    }

    @Override
    public long[] ended() {
      return checkpoint.ended();
    }

    @Override
    public boolean next(RecordSink sink) {
      return checkpoint.give(sink);
    }

    @Override
    public boolean isInForce(long key, long place) {
      return checkpoint.isInForce(key, place);
    }

    @Override
    public void stored(long[] keys, long[] places, int count) {
      for (int i = 0; i < count; i++) checkpoint.stored(keys[i], places[i]);
      checkpoint.end();
      while (checkpoint.leaveOne(0)) {}
    }

    @Override
    public void failed() {
      checkpoint.failed();
    }
  }

  /// Takes some of what has changed.
  ///
  /// @return whether there may be more
  public boolean takeSome() {
    return open.next(
        (key, bytes, length) ->
            assertNull(given.put(key, put(Arrays.copyOf(bytes, length))), "given twice"));
  }

  private long put(byte[] bytes) {
    places.put(++lastPlace, bytes);
    return lastPlace;
  }

  public void fail() {
    open.failed();
    open = null;
  }

  /// Whoever gives is gone; what was under way comes to nothing.
  public void crash() {
    open = null;
  }

  /// Takes the rest, and keeps all of it.
  public void finish() {
    while (takeSome()) {}
    var kept = new TreeMap<>(placesByKey);
    for (long key : open.ended()) assertNotNull(kept.remove(key), "ended, never stored");
    var stored = new TreeMap<>(given);
    int i = 0;
    for (var entry : kept.entrySet()) {
      long key = entry.getKey();
      assertEquals(!given.containsKey(key), open.isInForce(key, entry.getValue()), "in force");
      if (!given.containsKey(key) && i++ % MOVED_EACH == 0)
        stored.put(key, put(places.get(entry.getValue())));
    }
    kept.putAll(stored);
    head = open.head();
    placesByKey = kept;
    tell(stored);
    places.keySet().retainAll(kept.values());
  }

  private void tell(TreeMap<Long, Long> stored) {
    long[] keys = stored.keySet().stream().mapToLong(Long::longValue).toArray();
    long[] at = stored.values().stream().mapToLong(Long::longValue).toArray();
    Source told = open;
    open = null;
    told.stored(keys, at, keys.length);
  }

  /// Replaces everything by what another one has stored.
  public void install(byte[] itsHead, Map<Long, byte[]> records) {
    open = null;
    places.clear();
    placesByKey = new TreeMap<>();
    head = itsHead;
    records.forEach((key, bytes) -> placesByKey.put(key, put(bytes)));
  }

  /// Goes on from what was kept last.
  public Engine restore(Engine engine, ProcessReader reader) {
    var restore = new EngineRestore(engine, head, reader, this);
    placesByKey.forEach((key, place) -> restore.aggregate(key, place, places.get(place)));
    return restore.end();
  }

  @Override
  public byte[] read(long place) {
    byte[] bytes = places.get(place);
    if (bytes == null) throw new ArchiveException("Nothing is at place " + place, null);
    reads++;
    return bytes;
  }

  /// How often something was read back.
  int reads() {
    return reads;
  }

  public byte[] head() {
    return head;
  }

  /// Where each record in force is, by its key.
  public Map<Long, Long> places() {
    return placesByKey;
  }

  /// The records in force by their keys.
  public TreeMap<Long, byte[]> records() {
    var all = new TreeMap<Long, byte[]>();
    placesByKey.forEach((key, place) -> all.put(key, places.get(place)));
    return all;
  }
}
