package io.skep.adapter.raft.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedInputStream;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedOutputStream;

/// Reads a file of Ratis' log: a header, then entries. Each of them is its length as a varint, a
/// `LogEntryProto`, and the CRC-32C of both, big-endian. Behind the last one is nothing or zeros,
/// for Ratis fills files with zeros before it writes to them.
final class SegmentFile implements AutoCloseable {
  static final byte[] HEADER = "RaftLog1".getBytes(StandardCharsets.US_ASCII);
  static final int HEADER_BYTES = HEADER.length;

  /// What a disk writes as a whole or not at all.
  static final int SECTOR_BYTES = 512;

  private static final int SUM_BYTES = 4;
  private static final int LONGEST_LENGTH_BYTES = 5;

  /// More than any configuration allows.
  private static final int MAX_LENGTH = 1 << 29;

  private static final int PIECE_BYTES = 1 << 18;

  /// The JDK keeps a buffer outside of the heap for each thread, as large as what it has read at
  /// once.
  private static final int READ_BYTES = 1 << 16;

  /// The first fields of an entry are term and index, both varints.
  private static final int TERM_TAG = 1 << 3;

  private static final int INDEX_TAG = 2 << 3;
  private static final int HEAD_BYTES = 2 * (1 + 10);

  private final FileChannel channel;
  private final long size;
  private final CRC32C crc = new CRC32C();
  private byte[] piece = new byte[PIECE_BYTES];
  private long pieceAt;
  private int pieceBytes;

  /// An entry that is there as it was written.
  ///
  /// @param end the offset behind it
  record Entry(long term, long index, long offset, long end) {
    long bytes() {
      return end - offset;
    }
  }

  /// What an entry's length says, whether it is true or not.
  private record Frame(long offset, int lengthBytes, int length) {
    long end() {
      return offset + lengthBytes + length + SUM_BYTES;
    }
  }

  SegmentFile(Path file) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.size = channel.size();
  }

  long size() {
    return size;
  }

  boolean hasHeader() throws IOException {
    return headerBytes() == HEADER_BYTES;
  }

  /// Whether it was made, and the header not or only partly written.
  boolean isBlank() throws IOException {
    return firstNonZero(headerBytes()) == size;
  }

  private int headerBytes() throws IOException {
    int matching = 0;
    while (matching < HEADER_BYTES && has(matching, 1) && at(matching) == HEADER[matching]) {
      matching++;
    }
    return matching;
  }

  /// The entry that begins there, `null` if there is none or it is not whole.
  Entry entryAt(long offset) throws IOException {
    Frame frame = frameAt(offset);
    if (frame == null || frame.end() > size || !has(offset, (int) (frame.end() - offset))) {
      return null;
    }
    int at = (int) (offset - pieceAt);
    int summed = frame.lengthBytes + frame.length;
    crc.reset();
    crc.update(piece, at, summed);
    int sum = ByteBuffer.wrap(piece).getInt(at + summed);
    if (sum != (int) crc.getValue()) return null;
    return named(frame, CodedInputStream.newInstance(piece, at + frame.lengthBytes, frame.length));
  }

  /// Fields that are 0 are left out.
  private static Entry named(Frame frame, CodedInputStream content) throws IOException {
    long term = 0;
    long index = 0;
    int tag = content.readTag();
    if (tag == TERM_TAG) {
      term = content.readUInt64();
      tag = content.readTag();
    }
    if (tag == INDEX_TAG) index = content.readUInt64();
    return new Entry(term, index, frame.offset, frame.end());
  }

  /// All of an entry that [#entryAt] has just given.
  LogEntryProto content(Entry entry) throws IOException {
    Frame frame = frameAt(entry.offset);
    int at = (int) (entry.offset - pieceAt) + frame.lengthBytes;
    return LogEntryProto.parseFrom(CodedInputStream.newInstance(piece, at, frame.length));
  }

  /// How many bytes an entry takes in a file.
  ///
  /// @param length of its `LogEntryProto`, in bytes
  static int bytesOf(int length) {
    return CodedOutputStream.computeUInt32SizeNoTag(length) + length + SUM_BYTES;
  }

  private Frame frameAt(long offset) throws IOException {
    int length = 0;
    for (int i = 0; i < LONGEST_LENGTH_BYTES && has(offset + i, 1); i++) {
      byte next = at(offset + i);
      length |= (next & 0x7f) << 7 * i;
      if (next < 0) continue;
      return length < 0 || length > MAX_LENGTH ? null : new Frame(offset, i + 1, length);
    }
    return null;
  }

  /// The next whole entry at that offset or behind it, wherever it begins, `null` if there is none.
  ///
  /// @param after its term is this or a few more, its index higher
  Entry search(long offset, long afterTerm, long afterIndex) throws IOException {
    for (long at = offset; at < size; at++) {
      if (!mayBegin(at, afterTerm, afterIndex)) continue;
      Entry entry = entryAt(at);
      if (entry != null) return entry;
    }
    return null;
  }

  /// Spares checksums: of bytes that begin no entry, one in millions looks like one.
  private boolean mayBegin(long offset, long afterTerm, long afterIndex) throws IOException {
    Frame frame = frameAt(offset);
    if (frame == null || frame.length < 2 || frame.end() > size) return false;
    long head = offset + frame.lengthBytes;
    if (!has(head, 1) || at(head) != TERM_TAG) return false;
    int bytes = Math.min(frame.length, HEAD_BYTES);
    if (!has(head, bytes)) return false;
    try {
      Entry entry =
          named(frame, CodedInputStream.newInstance(piece, (int) (head - pieceAt), bytes));
      return entry.term >= afterTerm
          && entry.term - afterTerm < 1_000_000
          && entry.index > afterIndex
          && entry.index - afterIndex <= size;
    } catch (IOException e) {
      return false;
    }
  }

  /// Whether what begins there looks as if a write had been interrupted: something of it has never
  /// reached the disk, so that there are still zeros, or the file ends.
  ///
  /// @param offset of what is no whole entry
  /// @param followed whether there are whole entries behind it
  boolean isTornAt(long offset, boolean followed) throws IOException {
    if (at(offset) == 0) return sectorOf(firstNonZero(offset)) > offset;
    Frame frame = frameAt(offset);
    if (frame == null) return !followed && size - offset < LONGEST_LENGTH_BYTES;
    if (frame.end() > size) return !followed;
    // Of the last one even a part of a sector may be missing.
    if (isZero(frame.end() - (followed ? SUM_BYTES : 1), frame.end())) return true;
    for (long at = sectorOf(offset) + SECTOR_BYTES; at < frame.end(); at += SECTOR_BYTES) {
      if (isZero(at, Math.min(at + SECTOR_BYTES, frame.end()))) return true;
    }
    return false;
  }

  private static long sectorOf(long offset) {
    return offset - offset % SECTOR_BYTES;
  }

  private boolean isZero(long from, long to) throws IOException {
    return firstNonZero(from) >= to;
  }

  /// The offset of the first byte from there that is not zero, the file's size if there is none.
  long firstNonZero(long from) throws IOException {
    long at = from;
    while (at < size && at(at) == 0) at++;
    return at;
  }

  /// Reads what there is; the file must be longer.
  private byte at(long offset) throws IOException {
    if (!has(offset, 1)) throw new IOException("Expected more than %d bytes".formatted(offset));
    return piece[(int) (offset - pieceAt)];
  }

  /// Whether the file has so many bytes there; they are in the piece then.
  private boolean has(long offset, int length) throws IOException {
    if (offset + length > size) return false;
    if (offset >= pieceAt && offset + length <= pieceAt + pieceBytes) return true;
    if (length > piece.length) piece = new byte[Math.max(length, 2 * piece.length)];
    int bytes = (int) Math.min(piece.length, size - offset);
    var buffer = ByteBuffer.wrap(piece, 0, bytes);
    for (long at = offset; buffer.position() < bytes; ) {
      buffer.limit(Math.min(bytes, buffer.position() + READ_BYTES));
      int read = channel.read(buffer, at);
      if (read < 0) throw new IOException("Expected %d bytes, but there are fewer".formatted(size));
      at += read;
    }
    pieceAt = offset;
    pieceBytes = buffer.position();
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
