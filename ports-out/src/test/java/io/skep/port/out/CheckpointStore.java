package io.skep.port.out;

import io.skep.domain.engine.Engine;
import io.skep.domain.engine.EngineRestore;
import io.skep.domain.engine.store.Archive;
import io.skep.domain.engine.store.ArchiveException;
import io.skep.domain.expression.ProcessReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What checkpoints of one replica store, in memory. Stores again what is in force now and then, as
/// somebody does who frees room, and forgets the former place at once.
public final class CheckpointStore implements Archive {
  private static final int MOVED_EACH = 4;

  private final Map<Long, byte[]> places = new HashMap<>();
  private TreeMap<Long, Long> placesByKey = new TreeMap<>();
  private byte[] head;
  private long lastPlace = -1;
  private Checkpoint open;
  private final TreeMap<Long, Long> given = new TreeMap<>();

  /// A whole state: equal for replicas that have come to the same.
  ///
  /// @param records not to be changed
  public record Image(byte[] head, TreeMap<Long, byte[]> records) {

    /// All of it in a row.
    public byte[] bytes() {
      int size = head.length;
      for (byte[] record : records.values()) size += Long.BYTES + record.length;
      var bytes = ByteBuffer.allocate(size).put(head);
      records.forEach((key, record) -> bytes.putLong(key).put(record));
      return bytes.array();
    }
  }

  public boolean isOpen() {
    return open != null;
  }

  public void begin(Replica replica) {
    if (open != null) throw new IllegalStateException("Expected one checkpoint at a time");
    if (head == null) replica.use(this);
    open = replica.checkpoint();
    given.clear();
  }

  /// Takes some of what has changed.
  ///
  /// @return whether there may be more
  public boolean takeSome() {
    return open.next(
        (key, bytes, length) -> {
          if (given.put(key, put(Arrays.copyOf(bytes, length))) != null)
            throw new AssertionError("Expected record %d once".formatted(key));
        });
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
  public Image finish() {
    while (takeSome()) {}
    var kept = new TreeMap<>(placesByKey);
    for (long key : open.ended()) {
      if (kept.remove(key) == null)
        throw new AssertionError("Expected record %d to have been stored".formatted(key));
    }
    var stored = new TreeMap<>(given);
    int i = 0;
    for (var entry : kept.entrySet()) {
      long key = entry.getKey();
      if (open.isInForce(key, entry.getValue()) == given.containsKey(key))
        throw new AssertionError("Expected record %d in force or given".formatted(key));
      if (!given.containsKey(key) && i++ % MOVED_EACH == 0)
        stored.put(key, put(places.get(entry.getValue())));
    }
    kept.putAll(stored);
    head = open.head();
    placesByKey = kept;
    tell(stored);
    places.keySet().retainAll(kept.values());
    return image();
  }

  private void tell(TreeMap<Long, Long> stored) {
    long[] keys = new long[stored.size()];
    long[] at = new long[stored.size()];
    int count = 0;
    for (var entry : stored.entrySet()) {
      keys[count] = entry.getKey();
      at[count++] = entry.getValue();
    }
    Checkpoint told = open;
    open = null;
    told.stored(keys, at, count);
  }

  /// Takes a checkpoint from beginning to end.
  public Image store(Replica replica) {
    if (open != null) finish();
    begin(replica);
    return finish();
  }

  /// What is stored as of the newest checkpoint, `null` if there was none.
  public Image image() {
    if (head == null) return null;
    var records = new TreeMap<Long, byte[]>();
    placesByKey.forEach((key, place) -> records.put(key, places.get(place)));
    return new Image(head, records);
  }

  /// Replaces everything by what another one has stored.
  public void install(Image image) {
    open = null;
    places.clear();
    placesByKey = new TreeMap<>();
    head = image.head();
    image.records().forEach((key, bytes) -> placesByKey.put(key, put(bytes)));
  }

  public static CheckpointStore of(Image image) {
    var store = new CheckpointStore();
    store.install(image);
    return store;
  }

  /// Makes an engine of what is stored.
  ///
  /// @param engine as new
  public Engine restore(Engine engine, ProcessReader reader) {
    var restore = new EngineRestore(engine, head, reader, this);
    try {
      stored().forEach(restore::aggregate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return restore.end();
  }

  /// The replica is gone; what was under way comes to nothing.
  public void crash() {
    open = null;
  }

  /// What is stored, for a replica to restore.
  public StoredState stored() {
    return new StoredState() {
      @Override
      public byte[] head() {
        return head;
      }

      @Override
      public void forEach(RecordVisitor visitor) throws IOException {
        // In no order that anybody could rely on.
        List<Long> keys = new ArrayList<>(placesByKey.descendingKeySet());
        for (long key : keys) {
          long place = placesByKey.get(key);
          visitor.visit(key, place, places.get(place));
        }
      }

      @Override
      public Archive archive() {
        return CheckpointStore.this;
      }
    };
  }

  @Override
  public byte[] read(long place) {
    byte[] bytes = places.get(place);
    if (bytes == null) throw new ArchiveException("Nothing is at place " + place, null);
    return bytes;
  }
}
