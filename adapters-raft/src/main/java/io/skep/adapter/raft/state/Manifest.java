package io.skep.adapter.raft.state;

import io.skep.adapter.raft.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/// A state as of one index: its head, and the files that hold its records, oldest first.
///
/// As a file, numbers big-endian: magic (8 bytes), format (4), the group (16), term (8), index (8),
/// the head's length (4), the head, how many files (4), the files (see [FileEntry]), CRC-32C of
/// everything before (4), magic (8). Format 1 held a whole state.
public record Manifest(UUID group, SnapshotName name, byte[] head, List<FileEntry> files) {
  private static final long MAGIC = 0x534b4550_534e4150L; // SKEPSNAP
  private static final int FORMAT = 2;
  private static final int HEADER_BYTES = 8 + 4 + 16 + 8 + 8 + 4;
  private static final int TRAILER_BYTES = 4 + 8;

  public Manifest {
    files = List.copyOf(files);
  }

  /// The head may be large, and is of use to nobody once it is stored or restored.
  Manifest withoutHead() {
    return new Manifest(group, name, new byte[0], files);
  }

  /// The paths of its state files.
  public List<Path> files(Path directory) {
    return files.stream().map(entry -> entry.in(directory)).toList();
  }

  /// Bytes that the whole state takes up.
  public long bytes() {
    return files.stream().mapToLong(FileEntry::length).sum() + head.length;
  }

  /// Writes a manifest beside its place, and puts it there once it is safe.
  ///
  /// @param unfinished where to write it; on the same file system
  void write(Disk disk, Path unfinished, Path directory) throws IOException {
    try (var channel = disk.create(unfinished)) {
      disk.write(channel, encode());
      disk.sync(channel);
    }
    disk.rename(unfinished, name.in(directory));
    disk.syncDirectory(directory);
  }

  private ByteBuffer encode() {
    int bytes = HEADER_BYTES + head.length + 4 + files.size() * FileEntry.BYTES + TRAILER_BYTES;
    var out = ByteBuffer.allocate(bytes).putLong(MAGIC).putInt(FORMAT);
    out.putLong(group.getMostSignificantBits()).putLong(group.getLeastSignificantBits());
    out.putLong(name.term()).putLong(name.index());
    out.putInt(head.length).put(head).putInt(files.size());
    for (FileEntry file : files) file.encode(out);
    return out.putInt(checksum(out.array(), out.position())).putLong(MAGIC).flip();
  }

  private static int checksum(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /// Reads a manifest and checks it, though not the files that it names.
  ///
  /// @throws IOException if it is not what its name says, or damaged; the message says what is
  ///   wrong
  static Manifest read(Path file, UUID group) throws IOException {
    var in = ByteBuffer.wrap(Files.readAllBytes(file));
    int length = in.remaining();
    if (length < HEADER_BYTES + 4 + TRAILER_BYTES)
      throw new IOException("it is torn off after %d bytes".formatted(length));
    if (in.getLong() != MAGIC) throw new IOException("it is not a snapshot");
    checkFormat(in.getInt());
    int summed = length - TRAILER_BYTES;
    if (in.getLong(length - 8) != MAGIC || in.getInt(summed) != checksum(in.array(), summed))
      throw new IOException(
          "it is torn off after %d bytes, or its checksum is wrong".formatted(length));
    var whose = new UUID(in.getLong(), in.getLong());
    var name = new SnapshotName(in.getLong(), in.getLong());
    var expected = SnapshotName.of(file);
    if (!whose.equals(group) || !name.equals(expected))
      throw new IOException(
          "it is %s of group %s, not %s of group %s".formatted(name, whose, expected, group));
    var head = new byte[in.getInt()];
    in.get(head);
    var files = new ArrayList<FileEntry>();
    for (int left = in.getInt(); left > 0; left--) files.add(FileEntry.decode(in));
    return new Manifest(whose, name, head, files);
  }

  private static void checkFormat(int format) throws IOException {
    if (format == FORMAT) return;
    throw new IOException(
        "it has format %d, which %s version wrote, and this one knows %d; start that version again"
            .formatted(format, format > FORMAT ? "a newer" : "an older", FORMAT));
  }
}
