package io.skep.adapter.raft.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.skep.domain.engine.store.Aggregates.RecordSink;
import io.skep.domain.engine.store.Archive;
import io.skep.port.out.Checkpoint;
import io.skep.port.out.StoredState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Records that are made, changed and ended at random, and what of them checkpoints have stored.
final class ModelReplica {
  private final SplittableRandom random;
  final int bytes;
  TreeMap<Long, byte[]> records = new TreeMap<>();
  byte[] head = {};

  /// How rarely a record is larger than any buffer, 0 for never.
  int hugeOnceIn;

  /// What is on disk, and where.
  private TreeMap<Long, byte[]> stored = new TreeMap<>();

  private final Map<Long, Long> places = new HashMap<>();
  private long nextKey = 1;

  ModelReplica(SplittableRandom random, int bytes) {
    this.random = random;
    this.bytes = bytes;
  }

  void create(int count) {
    for (int i = 0; i < count; i++) records.put(nextKey++, content());
  }

  void change(int count) {
    for (int i = 0; i < count && !records.isEmpty(); i++) records.put(anyKey(), content());
  }

  void end(int count) {
    for (int i = 0; i < count && !records.isEmpty(); i++) records.remove(anyKey());
  }

  /// Makes records of keys that may have been there before.
  void recreate(int count) {
    for (int i = 0; i < count; i++) records.put(random.nextLong(nextKey), content());
  }

  private long anyKey() {
    Long key = records.ceilingKey(random.nextLong(nextKey));
    return key == null ? records.firstKey() : key;
  }

  private byte[] content() {
    int length =
        hugeOnceIn > 0 && random.nextInt(hugeOnceIn) == 0 ? 600_000 : random.nextInt(2 * bytes + 1);
    var content = new byte[length];
    random.nextBytes(content);
    return content;
  }

  long liveBytes() {
    return records.values().stream().mapToLong(record -> record.length + 16).sum();
  }

  ModelCheckpoint checkpoint() {
    head = content();
    return new ModelCheckpoint();
  }

  /// Goes on from what a store has.
  void restore(StoredState state) throws IOException {
    head = state.head();
    records = content(state);
    stored = new TreeMap<>(records);
    places.clear();
    state.forEach((key, place, _) -> places.put(key, place));
    if (!records.isEmpty()) nextKey = Math.max(nextKey, records.lastKey() + 1);
    checkReadable(state.archive());
  }

  static TreeMap<Long, byte[]> content(StoredState state) throws IOException {
    var content = new TreeMap<Long, byte[]>();
    state.forEach((key, _, bytes) -> assertNull(content.put(key, bytes.clone()), "twice " + key));
    return content;
  }

  /// Reads all that is on disk by its place.
  void checkReadable(Archive archive) {
    assertEquals(stored.keySet(), new HashSet<>(places.keySet()));
    stored.forEach((key, bytes) -> assertArrayEquals(bytes, archive.read(places.get(key))));
  }

  static void assertSame(Map<Long, byte[]> expected, Map<Long, byte[]> found, String message) {
    assertEquals(expected.keySet(), found.keySet(), message);
    expected.forEach((key, bytes) -> assertArrayEquals(bytes, found.get(key), message));
  }

  /// The changes as of when it began, while the records go on changing.
  final class ModelCheckpoint implements Checkpoint {
    final TreeMap<Long, byte[]> then = new TreeMap<>(records);
    private final byte[] headThen = head;
    private final List<Long> given = new ArrayList<>();
    private final Set<Long> changed = new HashSet<>();
    private final List<Long> ended;
    private int next;
    boolean isStored;
    boolean hasFailed;

    ModelCheckpoint() {
      then.forEach((key, bytes) -> note(key, bytes));
      ended = stored.keySet().stream().filter(key -> !then.containsKey(key)).toList();
    }

    private void note(long key, byte[] bytes) {
      if (stored.get(key) == bytes) return;
      given.add(key);
      changed.add(key);
    }

    @Override
    public byte[] head() {
      return headThen;
    }

    @Override
    public long[] ended() {
      return ended.stream().mapToLong(key -> key).toArray();
    }

    @Override
    public boolean next(RecordSink sink) {
      change(1);
      end(1);
      create(1);
      // What is beyond the length does not count.
      for (int i = 0; i < 50 && next < given.size(); i++) {
        byte[] bytes = then.get(given.get(next));
        var padded = java.util.Arrays.copyOf(bytes, bytes.length + 3);
        sink.accept(given.get(next++), padded, bytes.length);
        java.util.Arrays.fill(padded, (byte) 7);
      }
      return next < given.size();
    }

    @Override
    public boolean isInForce(long key, long place) {
      return then.containsKey(key) && !changed.contains(key) && places.get(key) == place;
    }

    @Override
    public void stored(long[] keys, long[] where, int count) {
      var seen = new HashSet<Long>();
      ended.forEach(places::remove);
      for (int i = 0; i < count; i++) {
        if (!seen.add(keys[i])) throw new AssertionError("Key " + keys[i] + " twice");
        places.put(keys[i], where[i]);
      }
      if (!seen.containsAll(changed)) throw new AssertionError("Not all were stored");
      stored = then;
      isStored = true;
    }

    @Override
    public void failed() {
      hasFailed = true;
    }
  }
}
