package io.skep.adapter.raft.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;

/// Reads a log whose end was mended, see [LogTail].
public final class LogReader {
  private LogReader() {}

  /// Gets entries.
  @FunctionalInterface
  public interface Visitor {
    /// @param content not empty
    /// @return whether to go on
    boolean visit(long term, long index, byte[] content) throws IOException;
  }

  /// A file of the log.
  ///
  /// @param bytes up to the end of its last entry, if it is not closed
  /// @param last the index of that
  record Segment(SegmentName name, long bytes, long last) {
    boolean isEmpty() {
      return last < name.first();
    }
  }

  /// What is there.
  ///
  /// @param next the index behind the last entry, 0 if there is none
  /// @param term of the last entry that was looked at, 0 if there was none
  /// @param isWhole whether the visitor went on to the end; if not, all else is of no use
  public record Found(List<Segment> segments, long next, long term, boolean isWhole) {}

  /// Goes through the entries from one on. Those that Ratis writes for itself are left out.
  ///
  /// @param end the index behind the last entry, as [LogTail] has found it
  /// @throws IOException if there is less now: what could be read once was not read again
  public static Found read(Path directory, long from, long end, Visitor visitor)
      throws IOException {
    var segments = new ArrayList<Segment>();
    long next = 0;
    long term = 0;
    for (SegmentName name : SegmentName.allIn(directory)) {
      if (!segments.isEmpty()) check(name.file(), next, name.first());
      next = name.isOpen() ? name.first() : name.last() + 1;
      long bytes = 0;
      if (name.isOpen() || next > from) {
        try (var file = new SegmentFile(name.file())) {
          bytes = SegmentFile.HEADER_BYTES;
          next = name.first();
          for (SegmentFile.Entry entry; (entry = file.entryAt(bytes)) != null; next++) {
            if (next >= from) {
              term = entry.term();
              if (!visit(file.content(entry), visitor))
                return new Found(List.of(), next, term, false);
            }
            bytes = entry.end();
          }
        }
      }
      segments.add(new Segment(name, bytes, next - 1));
    }
    check(directory, next, end);
    return new Found(segments, next, term, true);
  }

  private static void check(Path file, long found, long expected) throws IOException {
    if (found == expected) return;
    throw new IOException(
        "Expected to read entries before '%s' up to %d a second time, but they ended with %d"
            .formatted(file, expected - 1, found - 1));
  }

  private static boolean visit(LogEntryProto entry, Visitor visitor) throws IOException {
    if (!entry.hasStateMachineLogEntry()) return true;
    var content = entry.getStateMachineLogEntry().getLogData();
    return content.isEmpty()
        || visitor.visit(entry.getTerm(), entry.getIndex(), content.toByteArray());
  }
}
