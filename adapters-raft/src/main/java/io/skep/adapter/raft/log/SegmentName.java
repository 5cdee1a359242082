package io.skep.adapter.raft.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of Ratis' log, by its name.
///
/// @param first the index of its first entry
/// @param last the index of its last entry, [#OPEN] as long as entries are written to it
public record SegmentName(Path file, long first, long last) {
  private static final long OPEN = -1;
  private static final Pattern CLOSED_NAME = Pattern.compile("log_(\\d+)-(\\d+)");
  private static final Pattern OPEN_NAME = Pattern.compile("log_inprogress_(\\d+)");

  /// All that are in a directory, in their order. Leaves out those that nothing was ever written
  /// to, which Ratis deletes.
  public static List<SegmentName> allIn(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .map(SegmentName::of)
          .filter(Objects::nonNull)
          .filter(name -> !name.isOpen() || name.file.toFile().length() > 0)
          .sorted(Comparator.comparingLong(SegmentName::first))
          .toList();
    }
  }

  /// `null` if it is none.
  private static SegmentName of(Path file) {
    String name = file.getFileName().toString();
    Matcher closed = CLOSED_NAME.matcher(name);
    if (closed.matches()) {
      return new SegmentName(
          file, Long.parseLong(closed.group(1)), Long.parseLong(closed.group(2)));
    }
    Matcher open = OPEN_NAME.matcher(name);
    return open.matches() ? new SegmentName(file, Long.parseLong(open.group(1)), OPEN) : null;
  }

  /// The one that begins with this entry, as long as entries are written to it.
  static SegmentName open(Path directory, long first) {
    return new SegmentName(directory.resolve("log_inprogress_" + first), first, OPEN);
  }

  /// The same file when it is full.
  SegmentName closed(long last) {
    return new SegmentName(file.resolveSibling("log_%d-%d".formatted(first, last)), first, last);
  }

  boolean isOpen() {
    return last == OPEN;
  }
}
