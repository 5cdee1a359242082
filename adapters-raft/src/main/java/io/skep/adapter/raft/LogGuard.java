package io.skep.adapter.raft;

import io.skep.adapter.raft.log.LogTail;
import io.skep.adapter.raft.log.SyncedMark;
import java.io.IOException;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees that a log opens after a power cut in the middle of a write, and that it does not open if
/// something of it is lost that was confirmed by the disk.
final class LogGuard {
  private static final Logger LOG = LoggerFactory.getLogger(LogGuard.class);

  /// How often what the disk has confirmed is to be remembered.
  static final long LOOK_MS = 1_000;

  private final int partitionId;
  private final int maxEntryBytes;
  private SyncedMark mark;
  private LogTail tail;

  LogGuard(int partitionId, int maxEntryBytes) {
    this.partitionId = partitionId;
    this.maxEntryBytes = maxEntryBytes;
  }

  /// Looks at the log before Ratis opens it, and changes nothing.
  ///
  /// @throws io.skep.port.out.LogException if the log is damaged
  synchronized void inspect(RaftStorage storage) throws IOException {
    var directory = storage.getStorageDir();
    mark = SyncedMark.open(directory.getRoot().toPath());
    tail =
        LogTail.read(
            directory.getCurrentDir().toPath(),
            mark,
            maxEntryBytes,
            LostState.wayOut(storage, partitionId));
  }

  /// Cuts off what is torn.
  ///
  /// @param restored from a snapshot, `null` if there is none
  /// @return what is left
  /// @throws io.skep.port.out.LogException if the log ends too early
  synchronized LogTail mend(TermIndex restored) throws IOException {
    tail.checkEnd(restored == null ? -1 : restored.getIndex());
    tail.mend();
    LogTail mended = tail;
    tail = null;
    return mended;
  }

  /// @param synced the last entry that the disk has confirmed, or `null`
  synchronized void remember(TermIndex synced) throws IOException {
    if (mark != null && synced != null) mark.raise(synced.getTerm(), synced.getIndex());
  }

  /// @param fromIndex the first entry that is going to be dropped
  synchronized void dropping(long fromIndex) throws IOException {
    if (mark != null) mark.lower(fromIndex - 1);
  }

  synchronized void close() {
    if (mark == null) return;
    try {
      mark.close();
    } catch (IOException e) {
      LOG.warn("Partition {}: expected to close its mark, but it failed", partitionId, e);
    }
    mark = null;
  }
}
