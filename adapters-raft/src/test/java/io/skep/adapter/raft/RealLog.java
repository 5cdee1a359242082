package io.skep.adapter.raft;

import io.skep.adapter.raft.log.LogTail;
import io.skep.adapter.raft.log.SyncedMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedOutputStream;
import org.apache.ratis.util.SizeInBytes;

/// A file of a log that Ratis has written, and what Ratis reads of it.
final class RealLog {
  static final int MAX_ENTRY_BYTES = 1 << 20;
  static final int HEADER_BYTES = 8;

  /// The file's directory.
  final Path directory;

  final Path file;
  final byte[] bytes;
  final List<LogEntryProto> entries;

  /// Offsets behind each entry.
  final long[] ends;

  RealLog(Path file) throws IOException {
    this.directory = file.getParent();
    this.file = file;
    this.bytes = Files.readAllBytes(file);
    this.entries = ratisReads(file);
    this.ends = new long[entries.size()];
    long end = HEADER_BYTES;
    for (int i = 0; i < ends.length; i++) {
      int length = entries.get(i).getSerializedSize();
      end += CodedOutputStream.computeUInt32SizeNoTag(length) + length + 4;
      ends[i] = end;
    }
  }

  /// With the reader that Ratis itself uses when it opens a log.
  static List<LogEntryProto> ratisReads(Path file) throws IOException {
    var entries = new ArrayList<LogEntryProto>();
    LogSegment.readSegmentFile(
        file.toFile(),
        LogSegmentPath.matchLogSegment(file).getStartEnd(),
        SizeInBytes.valueOf(MAX_ENTRY_BYTES),
        CorruptionPolicy.EXCEPTION,
        null,
        entries::add);
    return entries;
  }

  static LogTail look(Path directory, SyncedMark mark) throws IOException {
    return LogTail.read(directory, mark, MAX_ENTRY_BYTES, "The way out.");
  }

  /// @return the file's bytes, and zeros behind them
  byte[] padded(int zeros) {
    return Arrays.copyOf(bytes, bytes.length + zeros);
  }

  long term(int entry) {
    return entries.get(entry).getTerm();
  }

  long index(int entry) {
    return entries.get(entry).getIndex();
  }

  /// The one in this directory that entries are written to.
  static Path open(Path broker) throws IOException {
    return named(broker, "log_inprogress_\\d+");
  }

  static Path closed(Path broker) throws IOException {
    return named(broker, "log_\\d+-\\d+");
  }

  private static Path named(Path broker, String pattern) throws IOException {
    try (var files = Files.walk(broker)) {
      return files
          .filter(file -> file.getFileName().toString().matches(pattern))
          .findFirst()
          .orElseThrow();
    }
  }
}
