package io.skep.adapter.raft.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// Goes through a file from its beginning to its end and checks all of it on the way.
final class RecordScan {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path path;
  private final FileChannel channel;
  private final FileEntry entry;

  /// Without the checksum and the magic number at the end.
  private final long summedBytes;

  private final long recordsEnd;
  private final CRC32C fileCrc = new CRC32C();
  private final CRC32C recordCrc = new CRC32C();
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private long read;
  private long records;
  private long offset;
  private int length;

  RecordScan(Path path, FileChannel channel, FileEntry entry) throws IOException {
    this.path = path;
    this.channel = channel;
    this.entry = entry;
    this.summedBytes = entry.length() - 12;
    this.recordsEnd = entry.length() - StateFormat.TRAILER_BYTES;
    for (long left = StateFormat.HEADER_BYTES + entry.tombstoneBytes(); left > 0; ) {
      int skipped = (int) Math.min(left, BUFFER_BYTES);
      need(skipped);
      from += skipped;
      left -= skipped;
    }
  }

  /// Goes to the next record.
  ///
  /// @return whether there is one
  /// @throws IOException if the file is damaged; the message names it
  boolean next() throws IOException {
    from += length == 0 && records == 0 ? 0 : StateFormat.RECORD_HEADER_BYTES + length;
    offset = read - (to - from);
    if (offset == recordsEnd) {
      checkEnd();
      return false;
    }
    if (recordsEnd - offset < StateFormat.RECORD_HEADER_BYTES)
      throw damaged("a record's beginning");
    need(StateFormat.RECORD_HEADER_BYTES);
    length = view().getInt(from + 8);
    if (length < 0 || length > recordsEnd - offset - StateFormat.RECORD_HEADER_BYTES)
      throw damaged("the length of the record at byte %d".formatted(offset));
    need(StateFormat.RECORD_HEADER_BYTES + length);
    int expected = view().getInt(from + 12);
    if (StateFormat.recordChecksum(buffer, from, length, recordCrc) != expected)
      throw damaged("the checksum of the record at byte %d".formatted(offset));
    records++;
    return true;
  }

  private void checkEnd() throws IOException {
    need((int) (summedBytes - recordsEnd));
    if (records != entry.records()) throw damaged("the number of records");
    if ((int) fileCrc.getValue() != entry.checksum()) throw damaged("the checksum of the file");
  }

  private IOException damaged(String what) {
    return new IOException("'%s' is damaged: %s is wrong".formatted(path, what));
  }

  private ByteBuffer view() {
    return ByteBuffer.wrap(buffer);
  }

  /// Makes sure that so many bytes are in the buffer.
  private void need(int bytes) throws IOException {
    if (to - from >= bytes) return;
    byte[] target = bytes <= buffer.length ? buffer : new byte[Math.max(bytes, BUFFER_BYTES)];
    System.arraycopy(buffer, from, target, 0, to - from);
    buffer = target;
    to -= from;
    from = 0;
    while (to < bytes) {
      int room = (int) Math.min(buffer.length - to, summedBytes - read);
      int count = channel.read(ByteBuffer.wrap(buffer, to, room), read);
      if (count <= 0)
        throw new IOException("'%s' is torn off after %d bytes".formatted(path, read));
      fileCrc.update(buffer, to, count);
      to += count;
      read += count;
    }
  }

  long key() {
    return view().getLong(from);
  }

  /// In the file.
  long offset() {
    return offset;
  }

  int length() {
    return length;
  }

  byte[] bytes() {
    var bytes = new byte[length];
    System.arraycopy(buffer, from + StateFormat.RECORD_HEADER_BYTES, bytes, 0, length);
    return bytes;
  }

  /// Has the record appended elsewhere.
  void copyTo(StateFileWriter writer) {
    writer.append(key(), buffer, from + StateFormat.RECORD_HEADER_BYTES, length);
  }
}
