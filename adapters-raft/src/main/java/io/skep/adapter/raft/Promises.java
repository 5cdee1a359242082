package io.skep.adapter.raft;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.server.storage.RaftStorageMetadata;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/// Sees that what this member promises, its terms and votes, is on disk before anybody hears of it.
///
/// Ratis writes term and vote to a new file, syncs that, and gives it the old one's name, but does
/// not sync the directory: after a power cut the old file may be back, the member vote a second
/// time in a term, and two leaders have one.
final class Promises {
  /// What Ratis hands it on as.
  static final String PARAMETER = "skep.promises";

  private final Map<ByteString, Group> groups = new ConcurrentHashMap<>();
  private final Sync sync;

  /// Has the disk keep the names that files were given in a directory.
  @FunctionalInterface
  interface Sync {
    void sync(Path directory) throws IOException;
  }

  Promises(Sync sync) {
    this.sync = sync;
  }

  /// @param onFailure told if the disk does not keep what was promised; called on any thread
  void open(RaftGroupId id, RaftStorage storage, Consumer<Throwable> onFailure) {
    groups.put(id.toByteString(), new Group(storage, onFailure));
  }

  /// @param id `null` if it was never opened
  void close(RaftGroupId id) {
    if (id != null) groups.remove(id.toByteString());
  }

  /// Returns when all that a group has promised so far is on disk. To be called before a message
  /// leaves that tells of it.
  ///
  /// @throws IOException if it is not: then nothing may leave
  void keep(ByteString group) throws IOException {
    Group known = groups.get(group);
    if (known != null) known.keep();
  }

  private final class Group {
    private final RaftStorage storage;
    private final Consumer<Throwable> onFailure;

    /// The last promise that is certainly on disk, `null` if none is known.
    private volatile RaftStorageMetadata kept;

    Group(RaftStorage storage, Consumer<Throwable> onFailure) {
      this.storage = storage;
      this.onFailure = onFailure;
    }

    void keep() throws IOException {
      // What the file has, from memory: it is there once the file has its name.
      RaftStorageMetadata now = storage.getMetadataFile().getMetadata();
      if (now.equals(kept)) return;
      try {
        syncWhole(storage.getStorageDir().getCurrentDir().toPath());
      } catch (IOException e) {
        onFailure.accept(e);
        throw e;
      }
      kept = now;
    }

    /// Ratis interrupts its threads when it has no more need of them, which closes what they sync
    /// and says nothing of the disk.
    private void syncWhole(Path directory) throws IOException {
      boolean interrupted = false;
      try {
        while (true) {
          try {
            sync.sync(directory);
            return;
          } catch (ClosedByInterruptException e) {
            interrupted = true;
            Thread.interrupted();
          }
        }
      } finally {
        if (interrupted) Thread.currentThread().interrupt();
      }
    }
  }
}
