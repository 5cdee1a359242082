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
    void visit(long term, long index, byte[] content) throws IOException;
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
  public record Found(List<Segment> segments, long next, long term) {}

  /// Goes through the entries from one on. Those that Ratis writes for itself are left out.
  public static Found read(Path directory, long from, Visitor visitor) throws IOException {
    var segments = new ArrayList<Segment>();
    long next = 0;
    long term = 0;
    for (SegmentName name : SegmentName.allIn(directory)) {
      next = name.isOpen() ? name.first() : name.last() + 1;
      long bytes = 0;
      if (name.isOpen() || next > from) {
        try (var file = new SegmentFile(name.file())) {
          bytes = SegmentFile.HEADER_BYTES;
          next = name.first();
          for (SegmentFile.Entry entry; (entry = file.entryAt(bytes)) != null; next++) {
            if (next >= from) {
              term = entry.term();
              visit(file.content(entry), visitor);
            }
            bytes = entry.end();
          }
        }
      }
      segments.add(new Segment(name, bytes, next - 1));
    }
    return new Found(segments, next, term);
  }

  private static void visit(LogEntryProto entry, Visitor visitor) throws IOException {
    if (!entry.hasStateMachineLogEntry()) return;
    var content = entry.getStateMachineLogEntry().getLogData();
    if (!content.isEmpty()) visitor.visit(entry.getTerm(), entry.getIndex(), content.toByteArray());
  }
}
