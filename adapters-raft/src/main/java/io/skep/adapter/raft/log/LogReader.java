package io.skep.adapter.raft.log;

import io.skep.adapter.raft.log.SegmentFile.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;

/// Reads a log whose end was mended, see [LogTail].
public final class LogReader {
  /// Gets entries.
  @FunctionalInterface
  public interface Visitor {
    /// @param content not empty
    /// @return whether to go on
    boolean visit(long term, long index, byte[] content) throws IOException;
  }

  private final long from;
  private final Visitor visitor;
  private final List<Segment> segments = new ArrayList<>();
  private long next;
  private long term;

  private LogReader(long from, Visitor visitor) {
    this.from = from;
    this.visitor = visitor;
  }

  /// A file of the log.
  ///
  /// @param bytes up to the end of its last entry; 0 if none of the file was asked for
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
  ///
  /// @param end the index behind the last entry, as [LogTail] has found it
  /// @return `null` if the visitor does not want to go on
  /// @throws IOException if there is less now: what could be read once was not read again
  public static Found read(Path directory, long from, long end, Visitor visitor)
      throws IOException {
    var reader = new LogReader(from, visitor);
    for (SegmentName name : SegmentName.allIn(directory)) {
      if (!reader.segments.isEmpty()) reader.checkNextIs(name.first(), name.file());
      if (!reader.read(name)) return null;
    }
    reader.checkNextIs(end, directory);
    return new Found(reader.segments, reader.next, reader.term);
  }

  /// @return whether to go on
  private boolean read(SegmentName name) throws IOException {
    if (!name.isOpen() && name.last() < from) {
      found(name, 0, name.last() + 1);
      return true;
    }
    try (var file = new SegmentFile(name.file())) {
      long at = SegmentFile.HEADER_BYTES;
      long index = name.first();
      for (Entry entry; (entry = file.entryAt(at)) != null; index++) {
        if (index >= from && !visit(file, entry)) return false;
        at = entry.end();
      }
      found(name, at, index);
      return true;
    }
  }

  private void found(SegmentName name, long bytes, long end) {
    segments.add(new Segment(name, bytes, end - 1));
    next = end;
  }

  private boolean visit(SegmentFile file, Entry entry) throws IOException {
    term = entry.term();
    LogEntryProto proto = file.content(entry);
    if (!proto.hasStateMachineLogEntry()) return true;
    var content = proto.getStateMachineLogEntry().getLogData();
    return content.isEmpty() || visitor.visit(term, entry.index(), content.toByteArray());
  }

  private void checkNextIs(long expected, Path before) throws IOException {
    if (next == expected) return;
    throw new IOException(
        "Expected to read entries before '%s' up to %d a second time, but they ended with %d"
            .formatted(before, expected - 1, next - 1));
  }
}
