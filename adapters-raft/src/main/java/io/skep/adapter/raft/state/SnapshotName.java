package io.skep.adapter.raft.state;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Pattern;

/// A manifest's name: the last entry that the state holds.
///
/// @param index 0 or more
public record SnapshotName(long term, long index) implements Comparable<SnapshotName> {
  private static final Pattern NAME = Pattern.compile("snapshot\\.(\\d+)_(\\d+)");
  private static final Comparator<SnapshotName> ORDER =
      Comparator.comparingLong(SnapshotName::term).thenComparingLong(SnapshotName::index);

  static boolean isOne(Path file) {
    return NAME.matcher(file.getFileName().toString()).matches();
  }

  static SnapshotName of(Path file) {
    var name = NAME.matcher(file.getFileName().toString());
    if (!name.matches())
      throw new IllegalArgumentException("Expected the name of a snapshot, but it is " + file);
    return new SnapshotName(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)));
  }

  public Path in(Path directory) {
    return directory.resolve(toString());
  }

  @Override
  public int compareTo(SnapshotName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "snapshot.%d_%d".formatted(term, index);
  }
}
