package io.skep.adapter.raft.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// A file that remembers up to where a log is known to be on disk. It is written now and then, so
/// that more may be there; never less. It fits into a sector and is written in place.
///
/// What is damaged up to there had been confirmed by the disk, and may have been acknowledged to
/// somebody; what is torn behind it may be what a power cut has interrupted.
public final class SyncedMark implements AutoCloseable {
  private static final String NAME = "synced";
  private static final long MAGIC = 0x534b4550_53594e31L; // SKEPSYN1
  private static final int SUMMED_BYTES = 8 + 8 + 8;
  private static final int BYTES = SUMMED_BYTES + 4;

  /// After the log's end was dropped, its writer may for a while go on counting as if it were
  /// there.
  private static final long QUIET_NANOS = 5_000_000_000L;

  private final Path file;
  private final FileChannel channel;
  private long term;
  private long index = -1;
  private long quietSince;
  private boolean quiet;

  private SyncedMark(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// @param directory of the partition; without a mark in it nothing is known
  public static SyncedMark open(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    var mark = new SyncedMark(file, channel);
    try {
      mark.read();
      return mark;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void read() throws IOException {
    var buffer = ByteBuffer.allocate(BYTES);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) read = channel.read(buffer, buffer.position());
    if (buffer.hasRemaining()) return;
    buffer.flip();
    if (buffer.getLong() != MAGIC || buffer.getInt(SUMMED_BYTES) != checksum(buffer)) return;
    term = buffer.getLong();
    index = buffer.getLong();
  }

  private static int checksum(ByteBuffer buffer) {
    var crc = new CRC32C();
    crc.update(buffer.array(), 0, SUMMED_BYTES);
    return (int) crc.getValue();
  }

  Path file() {
    return file;
  }

  /// Up to this entry the log is on disk, -1 if that is not known of any.
  synchronized long index() {
    return index;
  }

  /// Whether that entry was known to be on disk.
  ///
  /// @param termBefore of the entry before it. A higher term than the mark's says that the log's
  ///   end was dropped since, and what the mark knows with it
  synchronized boolean covers(long termBefore, long entry) {
    return entry <= index && termBefore <= term;
  }

  /// Remembers that the log is on disk up to there. Returns when this is on disk as well.
  public synchronized void raise(long toTerm, long toIndex) throws IOException {
    if (toIndex <= index || quiet && System.nanoTime() - quietSince < QUIET_NANOS) return;
    quiet = false;
    term = toTerm;
    index = toIndex;
    write();
  }

  /// To be called before the log's end is dropped.
  ///
  /// @param toIndex the last entry that stays
  public synchronized void lower(long toIndex) throws IOException {
    quiet = true;
    quietSince = System.nanoTime();
    if (toIndex >= index) return;
    index = toIndex;
    write();
  }

  private void write() throws IOException {
    var buffer = ByteBuffer.allocate(BYTES);
    buffer.putLong(MAGIC).putLong(term).putLong(index).putInt(checksum(buffer)).flip();
    while (buffer.hasRemaining()) channel.write(buffer, buffer.position());
    channel.force(false);
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
