package io.skep.adapter.raft.log;

import io.skep.adapter.raft.log.SegmentFile.Entry;
import io.skep.port.out.LogException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A log's end, looked at before Ratis opens the log.
///
/// After a power cut, entries that were written and not yet synced may be there in part, in any
/// order, sector by sector. Nobody had been told that they are safe, so they are cut off; Ratis
/// would refuse the log. But where an entry is damaged that was synced, something is lost that may
/// have been acknowledged, and the log is refused. See ADR 15 for how the one is told from the
/// other.
public final class LogTail {
  /// How many entries are written at most before they are synced.
  public static final int UNSYNCED_ENTRIES = 128;

  private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
  private static final int REWRITE_BYTES = 1 << 18;

  private final Path directory;
  private final SyncedMark mark;
  private final int maxEntryBytes;
  private final String wayOut;
  private SegmentName open;
  private long openBytes;
  private long end;
  private long unknownFrom;
  private boolean torn;
  private long term;
  private long next = -1;

  /// Reads a log and changes nothing.
  ///
  /// @param directory where its files are
  /// @param maxEntryBytes the most that an entry may have
  /// @param wayOut what to do if the log is damaged, a sentence or more
  /// @throws LogException if it is
  public static LogTail read(Path directory, SyncedMark mark, int maxEntryBytes, String wayOut)
      throws IOException {
    var tail = new LogTail(directory, mark, maxEntryBytes, wayOut);
    var segments = SegmentName.allIn(directory);
    for (SegmentName segment : segments) tail.read(segment, segment == segments.getLast());
    return tail;
  }

  private LogTail(Path directory, SyncedMark mark, int maxEntryBytes, String wayOut) {
    this.directory = directory;
    this.mark = mark;
    this.maxEntryBytes = maxEntryBytes;
    this.wayOut = wayOut;
  }

  private void read(SegmentName segment, boolean isLast) throws IOException {
    if (next >= 0 && segment.first() != next) {
      throw refused(
          "Expected '%s' to go on at entry %d, but it begins with %d"
              .formatted(segment.file(), next, segment.first()));
    }
    next = segment.first();
    try (var file = new SegmentFile(segment.file())) {
      if (segment.isOpen() && file.isBlank()) return;
      if (!file.hasHeader()) {
        throw refused(
            "Expected a file of the log in '%s', but its first bytes are not those of one"
                .formatted(segment.file()));
      }
      end = SegmentFile.HEADER_BYTES;
      if (segment.isOpen()) readOpen(segment, file);
      else readClosed(segment, file, isLast);
    }
  }

  private void readClosed(SegmentName segment, SegmentFile file, boolean isLast)
      throws IOException {
    unknownFrom = 0;
    readEntries(segment, file, segment.last());
    if (next == segment.last() + 1) return;
    // Ratis cuts a file off before it gives it the name that says so.
    boolean cutOff = isLast && end == file.size() && next > segment.first();
    if (cutOff && !mark.covers(term, next)) return;
    throw refused(
        "%s, but it is damaged; all of that file had been confirmed by the disk"
            .formatted(expected(segment)));
  }

  private void readOpen(SegmentName segment, SegmentFile file) throws IOException {
    open = segment;
    openBytes = file.size();
    unknownFrom = end;
    readEntries(segment, file, Long.MAX_VALUE);
    if (file.firstNonZero(end) == file.size()) return;
    Entry other = file.entryAt(end);
    if (other != null) {
      throw refused("%s, but it is entry %d".formatted(expected(segment), other.index()));
    }
    if (mark.covers(term, next)) {
      throw refused(
          "%s, but it is damaged; up to entry %d all had been confirmed by the disk"
              .formatted(expected(segment), mark.index()));
    }
    long last = lastBehind(file);
    if (last - next >= UNSYNCED_ENTRIES) {
      throw refused(
          "%s, but it is damaged; entries up to %d come after it, and so many are never written before the disk has confirmed the first"
              .formatted(expected(segment), last));
    }
    if (!file.isTornAt(end, last >= 0)) {
      throw refused(
          "%s, but it is damaged, and not as by a write that was interrupted"
              .formatted(expected(segment)));
    }
    torn = true;
  }

  /// Reads entries as long as they are whole and follow each other.
  private void readEntries(SegmentName segment, SegmentFile file, long last) throws IOException {
    while (next <= last) {
      Entry entry = file.entryAt(end);
      if (entry == null || entry.index() != next) return;
      if (entry.bytes() > maxEntryBytes) throw tooLarge(segment, entry);
      end = entry.end();
      term = entry.term();
      next++;
      if (entry.index() <= mark.index()) unknownFrom = end;
    }
  }

  /// The highest entry behind what is damaged, -1 if there is none.
  private long lastBehind(SegmentFile file) throws IOException {
    long last = -1;
    for (long at = end + 1; at >= 0; ) {
      Entry entry = file.search(at, term, next - 1);
      if (entry != null) last = Math.max(last, entry.index());
      at = entry == null ? -1 : entry.end();
    }
    return last;
  }

  private String expected(SegmentName segment) {
    return "Expected entry %d at byte %d of '%s'".formatted(next, end, segment.file());
  }

  /// Nothing is wrong with the log, so there is another way out.
  private LogException tooLarge(SegmentName segment, Entry entry) {
    return new LogException(
        ("Expected entries of at most %d bytes in '%s', but entry %d has %d. Set zeebe.broker.network.maxMessageSize to"
                + " what it was when that was written, or more")
            .formatted(maxEntryBytes, segment.file(), entry.index(), entry.bytes()),
        null);
  }

  private LogException refused(String what) {
    return new LogException(what + ". " + wayOut, null);
  }

  /// The index behind the last entry, 0 if there never was one.
  public long next() {
    return Math.max(0, next);
  }

  /// Of the last entry, 0 if there is none.
  public long term() {
    return term;
  }

  /// @param restored the last entry that a snapshot makes up for, -1 if there is none
  /// @throws LogException if the log ends before what had been confirmed by the disk
  public void checkEnd(long restored) {
    long held = Math.max(restored, next - 1);
    if (!mark.covers(term, held + 1)) return;
    throw refused(
        "Expected entries up to %d in the log in '%s', as '%s' remembers, but they end with %d"
            .formatted(mark.index(), directory, mark.file(), held));
  }

  /// Cuts off what is torn, and sees that what is there is on disk, too: it may have been read from
  /// the page cache, where it also stays after a sync that has failed.
  public void mend() throws IOException {
    if (open == null) return;
    try (var channel =
        FileChannel.open(open.file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (torn) {
        LOG.warn(
            "'{}': cut off {} bytes at byte {}, from entry {} on, of a write that was interrupted before the disk had"
                + " confirmed it",
            open.file(),
            openBytes - end,
            end,
            next);
        channel.truncate(end);
      }
      rewrite(channel);
      channel.force(true);
    }
    if (next - 1 >= open.first()) mark.raise(term, next - 1);
  }

  private void rewrite(FileChannel channel) throws IOException {
    var buffer = ByteBuffer.allocate((int) Math.min(REWRITE_BYTES, end - unknownFrom));
    for (long at = unknownFrom; at < end; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, at + buffer.position()) < 0)
          throw new IOException("Expected '%s' to have %d bytes".formatted(open.file(), end));
      }
      buffer.flip();
      while (buffer.hasRemaining()) channel.write(buffer, at + buffer.position());
    }
  }
}
