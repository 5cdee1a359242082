package io.skep.adapter.raft.log;

import io.skep.adapter.raft.disk.Disk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedOutputStream;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/// Writes a log in the files that Ratis writes, so that Ratis can go on with it. See [SegmentFile].
///
/// One thread adds entries, while another may [#sync] or [#purge].
public final class LogWriter implements AutoCloseable {
  /// What is written at a time, and the memory outside of the heap that this takes. Entries may be
  /// larger.
  public static final int BUFFER_BYTES = 256 << 10;

  /// Filled with zeros before entries are written, so that a sync need not store a new length.
  private static final int PREALLOCATED_BYTES = 4 << 20;

  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(64 << 10);

  /// Ratis wants to know who proposed an entry, in 16 bytes that are not all zero. Nobody else did.
  private static final ByteString PROPOSER =
      UnsafeByteOperations.unsafeWrap(
          new byte[] {'s', 'k', 'e', 'p', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

  private final Path directory;
  private final Disk disk;
  private final int segmentBytes;

  /// Files that are full, oldest first.
  private final Deque<SegmentName> closed = new ArrayDeque<>();

  /// Held while the file is synced, or is replaced by the next one. Taken before [#buffer].
  private final Object files = new Object();

  /// Held while something is put into it or written from it.
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  private final CRC32C crc = new CRC32C();
  private final CodedOutputStream coded = CodedOutputStream.newInstance(new Summing(), 4_096);

  private SegmentName open;
  private FileChannel file;
  private long next;

  /// Offset in the file behind the last entry.
  private long end;

  /// Offset in the file of what is in the buffer.
  private long bufferAt;

  private long preallocated;

  /// Whether something has failed. What the file holds is not known then, and nothing that would
  /// follow may be taken for stored.
  private volatile boolean broken;

  /// Goes on with a log whose end was mended. Begins a new file.
  ///
  /// @param found what was read of it
  /// @param next the index of the next entry. If there are entries missing before it, a snapshot
  ///   makes up for all that is there, which is deleted
  /// @param segmentBytes when a file is full; a file with one entry may be larger
  public static LogWriter open(
      Path directory, Disk disk, LogReader.Found found, long next, int segmentBytes)
      throws IOException {
    var writer = new LogWriter(directory, disk, next, segmentBytes);
    try {
      writer.closeFound(found);
      writer.create();
      return writer;
    } catch (IOException | RuntimeException | Error e) {
      writer.close();
      throw e;
    }
  }

  private LogWriter(Path directory, Disk disk, long next, int segmentBytes) {
    this.directory = directory;
    this.disk = disk;
    this.next = next;
    this.segmentBytes = segmentBytes;
  }

  private void closeFound(LogReader.Found found) throws IOException {
    boolean goesOn = found.next() == next;
    for (LogReader.Segment segment : found.segments()) {
      SegmentName name = segment.name();
      // The last one may have the name of a full one and be cut off.
      if (!goesOn || segment.isEmpty()) delete(name);
      else if (segment.last() == name.last()) closed.add(name);
      else closed.add(seal(segment));
    }
  }

  /// One after the other: a log that begins later is one, a log with a gap is none.
  private void delete(SegmentName oldest) throws IOException {
    disk.delete(oldest.file());
    disk.syncDirectory(directory);
  }

  private SegmentName seal(LogReader.Segment segment) throws IOException {
    try (var channel = disk.open(segment.name().file())) {
      return seal(channel, segment.name(), segment.bytes(), segment.last());
    }
  }

  /// Gives a file the name of one that is full, which says that all of it is on disk.
  private SegmentName seal(FileChannel channel, SegmentName name, long bytes, long last)
      throws IOException {
    disk.truncate(channel, bytes);
    disk.sync(channel);
    SegmentName full = name.closed(last);
    disk.rename(name.file(), full.file());
    return full;
  }

  private void create() throws IOException {
    open = SegmentName.open(directory, next);
    file = disk.create(open.file());
    buffer.clear().put(SegmentFile.HEADER);
    end = buffer.position();
    bufferAt = 0;
    preallocated = 0;
    empty();
    disk.sync(file);
    // Before an entry is in it: so there is never one in a file that may have no name.
    disk.syncDirectory(directory);
  }

  /// Adds an entry, which is on disk after the next [#sync].
  ///
  /// @return its index, one more than that of the entry before
  public long append(long term, byte[] content) throws IOException {
    LogEntryProto entry = entry(term, next, content);
    int bytes = SegmentFile.bytesOf(entry.getSerializedSize());
    if (next > open.first() && end + bytes > segmentBytes) roll();
    put(entry);
    end += bytes;
    return next++;
  }

  /// Something that changes the files, or what goes into them.
  @FunctionalInterface
  private interface Change {
    void make() throws IOException;
  }

  /// To be called by who holds what is changed: whoever waits for that may find it broken then.
  private void unlessBroken(Change change) throws IOException {
    if (broken) throw new IOException("a change to the log failed before");
    boolean made = false;
    try {
      change.make();
      made = true;
    } finally {
      if (!made) broken = true;
    }
  }

  private void put(LogEntryProto entry) throws IOException {
    synchronized (buffer) {
      unlessBroken(() -> intoBuffer(entry));
    }
  }

  private void intoBuffer(LogEntryProto entry) throws IOException {
    crc.reset();
    coded.writeUInt32NoTag(entry.getSerializedSize());
    entry.writeTo(coded);
    coded.flush();
    int sum = (int) crc.getValue();
    if (buffer.remaining() < Integer.BYTES) empty();
    buffer.putInt(sum);
  }

  private static LogEntryProto entry(long term, long index, byte[] content) {
    return LogEntryProto.newBuilder()
        .setTerm(term)
        .setIndex(index)
        .setStateMachineLogEntry(
            StateMachineLogEntryProto.newBuilder()
                .setLogData(UnsafeByteOperations.unsafeWrap(content))
                .setClientId(PROPOSER)
                .setCallId(index))
        .build();
  }

  /// Into the buffer, and what passes it into the checksum.
  private final class Summing extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      crc.update(bytes, offset, length);
      for (int at = 0; at < length; ) {
        if (!buffer.hasRemaining()) empty();
        int piece = Math.min(buffer.remaining(), length - at);
        buffer.put(bytes, offset + at, piece);
        at += piece;
      }
    }
  }

  /// Returns when all that was added before is on disk.
  ///
  /// @throws IOException also if a change failed before, by whichever thread
  public void sync() throws IOException {
    synchronized (files) {
      synchronized (buffer) {
        unlessBroken(this::empty);
      }
      unlessBroken(() -> disk.syncContent(file));
    }
  }

  private void empty() throws IOException {
    buffer.flip();
    int bytes = buffer.remaining();
    while (preallocated < bufferAt + bytes) preallocate();
    disk.write(file, buffer, bufferAt);
    bufferAt += bytes;
    buffer.clear();
  }

  private void preallocate() throws IOException {
    long end = preallocated + Math.min(PREALLOCATED_BYTES, segmentBytes);
    while (preallocated < end) {
      ByteBuffer zeros = ZEROS.duplicate();
      zeros.limit((int) Math.min(zeros.capacity(), end - preallocated));
      int bytes = zeros.remaining();
      disk.write(file, zeros, preallocated);
      preallocated += bytes;
    }
  }

  private void roll() throws IOException {
    synchronized (files) {
      synchronized (buffer) {
        unlessBroken(this::intoNextFile);
      }
    }
  }

  private void intoNextFile() throws IOException {
    empty();
    SegmentName full = seal(file, open, bufferAt, next - 1);
    file.close();
    synchronized (closed) {
      closed.add(full);
    }
    create();
  }

  /// Deletes files all of whose entries have this index or a lower one. From any thread.
  public void purge(long index) throws IOException {
    while (true) {
      SegmentName oldest;
      synchronized (closed) {
        oldest = closed.peek();
        if (oldest == null || oldest.last() > index) return;
        closed.remove();
      }
      delete(oldest);
    }
  }

  /// Takes off what was filled with zeros in advance, so that the next start need not look at it.
  public void trim() throws IOException {
    disk.truncate(file, bufferAt);
  }

  @Override
  public void close() throws IOException {
    if (file != null) file.close();
  }
}
