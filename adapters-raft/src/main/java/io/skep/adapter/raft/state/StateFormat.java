package io.skep.adapter.raft.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/// How a state file is laid out. Numbers are big-endian.
///
/// Header: magic (8 bytes), format (4), the group (16), the file's number (4), how many tombstones
/// (4), CRC-32C of these and of the tombstones (4).
///
/// Tombstones: key (8) and the number of the file that it ended with (4); it hides what files of
/// lower numbers hold of the key. That is not always the number of this file: tombstones are
/// carried over from older files.
///
/// Records, each key at most once: key (8), length (4), CRC-32C of these and of the bytes (4),
/// bytes.
///
/// Trailer: how many records (8), their lowest and highest key (8 and 8), CRC-32C of everything
/// before (4), magic (8).
final class StateFormat {
  static final int HEADER_BYTES = 8 + 4 + 16 + 4 + 4 + 4;
  static final int TOMBSTONE_BYTES = 8 + 4;
  static final int RECORD_HEADER_BYTES = 8 + 4 + 4;
  static final int TRAILER_BYTES = 8 + 8 + 8 + 4 + 8;
  private static final long MAGIC = 0x534b4550_53544154L; // SKEPSTAT
  private static final int FORMAT = 1;

  /// Of a record's key and length.
  private static final int SUMMED_BYTES = 12;

  private StateFormat() {}

  /// The header and all tombstones.
  static ByteBuffer head(UUID group, int sequence, Tombstones tombstones) {
    int count = tombstones.count();
    var head = ByteBuffer.allocate(HEADER_BYTES + count * TOMBSTONE_BYTES);
    head.putLong(MAGIC).putInt(FORMAT);
    head.putLong(group.getMostSignificantBits()).putLong(group.getLeastSignificantBits());
    head.putInt(sequence).putInt(count).putInt(0);
    tombstones.forEach((key, endedWith) -> head.putLong(key).putInt((int) endedWith));
    return head.putInt(HEADER_BYTES - 4, headChecksum(head)).flip();
  }

  private static int headChecksum(ByteBuffer head) {
    var crc = new CRC32C();
    crc.update(head.array(), 0, HEADER_BYTES - 4);
    crc.update(head.array(), HEADER_BYTES, head.capacity() - HEADER_BYTES);
    return (int) crc.getValue();
  }

  /// Checks the header and all tombstones; leaves the buffer at the first tombstone.
  ///
  /// @throws IOException the message says what is wrong
  static void checkHead(ByteBuffer head, UUID group, FileEntry entry) throws IOException {
    if (head.getLong() != MAGIC) throw new IOException("is not a state file");
    int format = head.getInt();
    if (format != FORMAT) {
      throw new IOException(
          "has format %d, which %s version wrote; this one knows %d"
              .formatted(format, format > FORMAT ? "a newer" : "another", FORMAT));
    }
    var whose = new UUID(head.getLong(), head.getLong());
    int sequence = head.getInt();
    if (!whose.equals(group) || sequence != entry.sequence()) {
      throw new IOException(
          "is number %d of group %s, not number %d of group %s"
              .formatted(sequence, whose, entry.sequence(), group));
    }
    if (head.getInt() != entry.tombstones() || head.getInt() != headChecksum(head))
      throw new IOException("is damaged: the checksum of its beginning is wrong");
  }

  static ByteBuffer trailer(long records, long minKey, long maxKey, CRC32C sum) {
    var trailer = ByteBuffer.allocate(TRAILER_BYTES);
    trailer.putLong(records).putLong(minKey).putLong(maxKey);
    sum.update(trailer.array(), 0, trailer.position());
    return trailer.putInt((int) sum.getValue()).putLong(MAGIC).flip();
  }

  static void checkTrailer(ByteBuffer trailer, FileEntry entry) throws IOException {
    boolean expected =
        trailer.getLong() == entry.records()
            && trailer.getLong() == entry.minKey()
            && trailer.getLong() == entry.maxKey()
            && trailer.getInt() == entry.checksum()
            && trailer.getLong() == MAGIC;
    if (!expected)
      throw new IOException("is torn off or another than the snapshot names, by its end");
  }

  /// @param offset of the record in the array
  static int recordChecksum(byte[] array, int offset, int length, CRC32C crc) {
    crc.reset();
    crc.update(array, offset, SUMMED_BYTES);
    crc.update(array, offset + RECORD_HEADER_BYTES, length);
    return (int) crc.getValue();
  }
}
