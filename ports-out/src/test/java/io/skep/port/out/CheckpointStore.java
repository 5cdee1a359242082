package io.skep.port.out;

import io.skep.domain.engine.CheckpointMemory;
import io.skep.domain.engine.Engine;
import io.skep.domain.engine.store.Aggregates.RecordSink;
import io.skep.domain.engine.store.Archive;
import io.skep.domain.expression.ProcessReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.TreeMap;

/// What checkpoints of one replica store, in memory.
public final class CheckpointStore {
  private final CheckpointMemory memory = new CheckpointMemory();

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

  private record OfReplica(Checkpoint checkpoint) implements CheckpointMemory.Source {
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
      return checkpoint.next(sink);
    }

    @Override
    public boolean isInForce(long key, long place) {
      return checkpoint.isInForce(key, place);
    }

    @Override
    public void stored(long[] keys, long[] places, int count) {
      checkpoint.stored(keys, places, count);
    }

    @Override
    public void failed() {
      checkpoint.failed();
    }
  }

  public static CheckpointStore of(Image image) {
    var store = new CheckpointStore();
    store.install(image);
    return store;
  }

  public boolean isOpen() {
    return memory.isOpen();
  }

  public void begin(Replica replica) {
    if (memory.isEmpty()) replica.use(memory);
    memory.begin(new OfReplica(replica.checkpoint()));
  }

  /// Takes some of what has changed.
  public void takeSome() {
    memory.takeSome();
  }

  public void fail() {
    memory.fail();
  }

  /// The replica is gone; what was under way comes to nothing.
  public void crash() {
    memory.crash();
  }

  /// Takes the rest, and keeps all of it.
  public Image finish() {
    memory.finish();
    return new Image(memory.head(), memory.records());
  }

  /// Takes a checkpoint from beginning to end.
  public Image store(Replica replica) {
    if (isOpen()) finish();
    begin(replica);
    return finish();
  }

  /// Replaces everything by what another one has stored.
  public void install(Image image) {
    memory.install(image.head(), image.records());
  }

  /// Makes an engine of what is stored.
  ///
  /// @param engine as new
  public Engine restore(Engine engine, ProcessReader reader) {
    return memory.restore(engine, reader);
  }

  /// What is stored, for a replica to restore.
  public StoredState stored() {
    return new StoredState() {
      @Override
      public byte[] head() {
        return memory.head();
      }

      @Override
      public void forEach(RecordVisitor visitor) throws IOException {
        // In no order that anybody could rely on.
        var keys = new ArrayList<>(memory.places().keySet());
        Collections.reverse(keys);
        for (long key : keys) {
          long place = memory.places().get(key);
          visitor.visit(key, place, memory.read(place));
        }
      }

      @Override
      public Archive archive() {
        return memory;
      }
    };
  }
}
