package io.skep.adapter.raft.state;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What a manifest says of a state file, which never changes once it is written.
///
/// @param sequence the file's number; a file of a higher one is newer. 0 to 134,217,727
/// @param length in bytes
/// @param tombstones how many there are
/// @param minKey of its records; meaningless if there are none, like `maxKey`
/// @param checksum CRC-32C of all before the checksum itself
record FileEntry(
    int sequence,
    long length,
    long records,
    int tombstones,
    long minKey,
    long maxKey,
    int checksum) {
  static final int BYTES = 4 + 8 + 8 + 4 + 8 + 8 + 4;
  private static final Pattern NAME = Pattern.compile("state\\.(\\d{1,9})");

  Path in(Path directory) {
    return directory.resolve("state." + sequence);
  }

  /// The number in a state file's name, -1 if it is no state file.
  static int sequence(Path file) {
    var name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Integer.parseInt(name.group(1)) : -1;
  }

  /// What its records take up.
  long recordBytes() {
    return length - StateFormat.HEADER_BYTES - tombstoneBytes() - StateFormat.TRAILER_BYTES;
  }

  long tombstoneBytes() {
    return (long) tombstones * StateFormat.TOMBSTONE_BYTES;
  }

  /// Whether one of its records may have this key.
  boolean mayHold(long key) {
    return records > 0 && minKey <= key && key <= maxKey;
  }

  void encode(ByteBuffer out) {
    out.putInt(sequence).putLong(length).putLong(records).putInt(tombstones);
    out.putLong(minKey).putLong(maxKey).putInt(checksum);
  }

  static FileEntry decode(ByteBuffer in) {
    return new FileEntry(
        in.getInt(),
        in.getLong(),
        in.getLong(),
        in.getInt(),
        in.getLong(),
        in.getLong(),
        in.getInt());
  }
}
