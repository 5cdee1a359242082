package io.skep.adapter.raft.state;

import io.skep.adapter.raft.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/// Writes a state file from its beginning to its end.
final class StateFileWriter implements AutoCloseable {
  /// How much is written at a time.
  private static final int BLOCK_BYTES = 1 << 18;

  /// How much is synced at a time. The file system syncs a log's entry together with what else has
  /// been written meanwhile: this is the most that an entry has to wait for.
  private static final int SYNC_BYTES = 4 << 20;

  private final Disk disk;
  private final FileChannel channel;
  private final int sequence;
  private final int tombstones;
  private final BooleanSupplier cancelled;
  private final Sample sample;
  private final Placements placements = new Placements();
  private final CRC32C fileCrc = new CRC32C();
  private final CRC32C recordCrc = new CRC32C();
  private byte[] buffer = new byte[2 * BLOCK_BYTES];
  private ByteBuffer view = ByteBuffer.wrap(buffer);
  private int filled;
  private long written;
  private long synced;
  private long minKey = Long.MAX_VALUE;
  private long maxKey = Long.MIN_VALUE;

  /// @param cancelled asked before each write; once it says yes, writing ends with an [IOException]
  StateFileWriter(
      Disk disk,
      Path file,
      UUID group,
      int sequence,
      Tombstones tombstones,
      BooleanSupplier cancelled)
      throws IOException {
    this.disk = disk;
    this.sequence = sequence;
    this.tombstones = tombstones.count();
    this.cancelled = cancelled;
    this.sample = new Sample(sequence);
    this.channel = disk.create(file);
    try {
      writeAll(StateFormat.head(group, sequence, tombstones));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// Takes a copy of a record, and writes nothing yet: whoever gives it may be waited for.
  void append(long key, byte[] bytes, int offset, int length) {
    int end = filled + StateFormat.RECORD_HEADER_BYTES + length;
    if (end > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(end, 2 * buffer.length));
      view = ByteBuffer.wrap(buffer);
    }
    view.putLong(filled, key).putInt(filled + 8, length);
    System.arraycopy(bytes, offset, buffer, filled + StateFormat.RECORD_HEADER_BYTES, length);
    long place = Places.of(sequence, written + filled);
    placements.add(key, place);
    sample.offer(key, place, length);
    minKey = Math.min(minKey, key);
    maxKey = Math.max(maxKey, key);
    filled = end;
  }

  /// Writes what has been appended if that is worth it.
  void drain() throws IOException {
    if (filled >= BLOCK_BYTES) flush();
  }

  private void flush() throws IOException {
    for (int at = 0; at < filled; ) {
      int length = view.getInt(at + 8);
      view.putInt(at + 12, StateFormat.recordChecksum(buffer, at, length, recordCrc));
      at += StateFormat.RECORD_HEADER_BYTES + length;
    }
    writeAll(ByteBuffer.wrap(buffer, 0, filled));
    filled = 0;
    // What one large batch needed is not kept for all that follow.
    if (buffer.length > 8 * BLOCK_BYTES) buffer = new byte[2 * BLOCK_BYTES];
    view = ByteBuffer.wrap(buffer);
    if (written - synced < SYNC_BYTES) return;
    disk.sync(channel);
    synced = written;
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    fileCrc.update(bytes.duplicate());
    written += bytes.remaining();
    if (written > Places.MAX_FILE_BYTES)
      throw new StateLimitException(
          "Expected a state file of at most 64 GiB, but there is more to store");
    write(bytes);
  }

  private void write(ByteBuffer bytes) throws IOException {
    if (cancelled.getAsBoolean())
      throw new IOException("Expected to write a checkpoint, but it was called off");
    disk.write(channel, bytes);
  }

  /// Writes and syncs the rest.
  FileEntry finish() throws IOException {
    flush();
    int records = placements.count();
    ByteBuffer trailer = StateFormat.trailer(records, minKey, maxKey, fileCrc);
    written += trailer.remaining();
    write(trailer);
    disk.sync(channel);
    return new FileEntry(
        sequence, written, records, tombstones, minKey, maxKey, (int) fileCrc.getValue());
  }

  Placements placements() {
    return placements;
  }

  Sample sample() {
    return sample;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
