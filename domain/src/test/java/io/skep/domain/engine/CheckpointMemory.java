package io.skep.domain.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  private EngineCheckpoint open;
  private final Map<Long, Long> given = new TreeMap<>();

  public boolean isOpen() {
    return open != null;
  }

  public void begin(Engine engine) {
    if (head == null) engine.use(this);
    open = engine.checkpoint();
    given.clear();
  }

  /// Takes one of the aggregates that have changed.
  ///
  /// @return whether there was one
  public boolean takeOne() {
    return open.give((key, bytes, length) -> take(key, Arrays.copyOf(bytes, length)));
  }

  private void take(long key, byte[] bytes) {
    assertNull(given.put(key, put(bytes)), "given twice");
  }

  private long put(byte[] bytes) {
    places.put(++lastPlace, bytes);
    return lastPlace;
  }

  public void fail() {
    open.failed();
    open = null;
  }

  /// Takes the rest, and keeps all of it.
  public void finish() {
    while (takeOne()) {}
    var kept = new TreeMap<>(placesByKey);
    for (long key : open.ended()) assertTrue(kept.remove(key) != null, "ended, never stored");
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
    stored.forEach(open::stored);
    open.end();
    places.keySet().retainAll(kept.values());
    // Whatever is not in use leaves memory, and nothing may notice.
    while (open.leaveOne(0)) {}
    open = null;
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
    return bytes;
  }

  byte[] head() {
    return head;
  }

  /// The aggregates by key.
  Map<Long, byte[]> aggregates() {
    var all = new TreeMap<Long, byte[]>();
    placesByKey.forEach((key, place) -> all.put(key, places.get(place)));
    return all;
  }
}
