package io.skep.adapter.raft;

import io.skep.adapter.raft.SnapshotFile.Identity;
import io.skep.port.out.LogException;
import io.skep.port.out.Replica;
import io.skep.port.out.Replica.FrozenState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.FileUtils;
import org.apache.ratis.util.MD5FileUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A partition's snapshots on disk: the newest, and one before it in case the newest turns out to
/// be damaged.
final class SnapshotStore implements StateMachineStorage {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotStore.class);
  private static final Pattern NAME = Pattern.compile("snapshot\\.(\\d+)_(\\d+)");
  private static final Pattern SEGMENT = Pattern.compile("log(?:_inprogress)?_(\\d+)(?:-\\d+)?");
  private static final int KEPT = 2;

  private final int partitionId;
  private final UUID group;

  /// Those that were written or read by this process and so are known to be good, oldest first.
  private final List<SingleFileSnapshotInfo> good = new ArrayList<>();

  private volatile SingleFileSnapshotInfo latest;
  private RaftStorage storage;

  SnapshotStore(int partitionId, UUID group) {
    this.partitionId = partitionId;
    this.group = group;
  }

  @Override
  public void init(RaftStorage raftStorage) throws IOException {
    storage = raftStorage;
    Path temporary = temporary();
    // What a crash left behind, of ours as of what a leader was sending.
    if (Files.exists(temporary)) FileUtils.deleteFully(temporary);
    Files.createDirectories(temporary);
    Files.createDirectories(directory());
  }

  private Path directory() {
    return storage.getStorageDir().getStateMachineDir().toPath();
  }

  private Path temporary() {
    return storage.getStorageDir().getTmpDir().toPath();
  }

  /// The newest that is known to be good, or `null`.
  @Override
  public SingleFileSnapshotInfo getLatestSnapshot() {
    return latest;
  }

  /// How far the log may be dropped, -1 if not at all: not beyond the older snapshot that is kept,
  /// so that it is of use.
  synchronized long purgeable() {
    return good.size() < KEPT ? -1 : good.getFirst().getIndex();
  }

  /// Restores the newest snapshot that can be used and that the log goes on from.
  ///
  /// @return as of when, or `null` if there is none and the log begins at the beginning
  /// @throws LogException if snapshots are damaged and the log does not make up for it
  TermIndex restore(Replica replica) throws IOException {
    var problems = new ArrayList<String>();
    TermIndex restored = null;
    boolean touched = false;
    for (Path file : newestFirst()) {
      var at = named(file);
      try {
        SnapshotFile.verify(file, new Identity(group, at.getTerm(), at.getIndex()));
        touched = true;
        load(file, replica);
        adopt(info(file, at));
        restored = at;
        break;
      } catch (IOException e) {
        LOG.warn(
            "Expected a snapshot of partition {} in '{}', but {}",
            partitionId,
            file,
            e.getMessage());
        problems.add("'%s': %s".formatted(file, e.getMessage()));
      }
    }
    checkLogGoesOnFrom(restored, problems, restored == null && touched);
    return restored;
  }

  /// Restores the snapshot that a leader has sent.
  TermIndex restoreInstalled(Replica replica) throws IOException {
    Path file =
        newestFirst().stream().findFirst().orElseThrow(() -> new IOException("there is no file"));
    var at = named(file);
    SnapshotFile.verify(file, new Identity(group, at.getTerm(), at.getIndex()));
    load(file, replica);
    synchronized (this) {
      // The others went when Ratis put this one in their place.
      good.clear();
    }
    adopt(info(file, at));
    return at;
  }

  private static void load(Path file, Replica replica) throws IOException {
    try (var state = SnapshotFile.open(file)) {
      replica.restore(state);
    }
  }

  private void checkLogGoesOnFrom(TermIndex restored, List<String> problems, boolean stateUnknown)
      throws IOException {
    long next = restored == null ? 0 : restored.getIndex() + 1;
    var segments = LogSegmentPath.getLogSegmentPaths(storage);
    boolean empty = segments.isEmpty();
    long first = empty ? next : firstIndex(segments.getFirst().getPath());
    boolean mayMissEntries = empty && !problems.isEmpty();
    if (first <= next && !mayMissEntries && !stateUnknown) return;
    throw new LogException(
        ("Expected a snapshot of partition %d in '%s' that the log, which begins at %s, goes on from, but %s. Restore '%s' from"
                + " a backup; or, if the partition's other replicas are complete, remove it together with the line 'partition.%d'"
                + " in broker.properties, and it is fetched from them")
            .formatted(
                partitionId,
                directory(),
                empty ? "nowhere" : "index " + first,
                problems.isEmpty() ? "there is none" : String.join("; ", problems),
                storage.getStorageDir().getRoot(),
                partitionId),
        null);
  }

  private static long firstIndex(Path segment) {
    var name = SEGMENT.matcher(segment.getFileName().toString());
    if (!name.matches())
      throw new IllegalStateException("Expected the name of a log's segment, but it is " + segment);
    return Long.parseLong(name.group(1));
  }

  private List<Path> newestFirst() throws IOException {
    try (var files = Files.list(directory())) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparing(SnapshotStore::named).reversed())
          .toList();
    }
  }

  private static TermIndex named(Path file) {
    var name = NAME.matcher(file.getFileName().toString());
    if (!name.matches())
      throw new IllegalArgumentException("Expected the name of a snapshot, but it is " + file);
    return TermIndex.valueOf(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)));
  }

  private static SingleFileSnapshotInfo info(Path file, TermIndex at) throws IOException {
    MD5Hash md5 = MD5FileUtil.readStoredMd5ForFile(file.toFile());
    if (md5 == null) md5 = MD5FileUtil.computeAndSaveMd5ForFile(file.toFile());
    return new SingleFileSnapshotInfo(new FileInfo(file, md5), at);
  }

  /// Writes a snapshot, and then removes what is no longer needed. Takes as long as it takes: not
  /// for the apply thread.
  ///
  /// @return its size in bytes
  long save(TermIndex at, FrozenState state, BooleanSupplier cancelled) throws IOException {
    Path unfinished = temporary().resolve("own-" + at.getIndex());
    Path file = directory().resolve("snapshot.%d_%d".formatted(at.getTerm(), at.getIndex()));
    try {
      var identity = new Identity(group, at.getTerm(), at.getIndex());
      byte[] md5 = SnapshotFile.write(unfinished, identity, state, cancelled);
      // First, so that Ratis never sees a snapshot without.
      MD5FileUtil.saveMD5File(file.toFile(), MD5Hash.newInstance(md5));
      DurableFiles.publish(unfinished, file);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    adopt(info(file, at));
    removeOld();
    return Files.size(file);
  }

  private synchronized void adopt(SingleFileSnapshotInfo snapshot) {
    good.add(snapshot);
    good.sort(Comparator.comparing(SingleFileSnapshotInfo::getIndex));
    while (good.size() > KEPT) good.removeFirst();
    latest = good.getLast();
  }

  private synchronized void removeOld() throws IOException {
    if (good.size() < KEPT) return;
    var kept = new HashSet<String>();
    for (var snapshot : good) {
      String name = snapshot.getFile().getPath().getFileName().toString();
      kept.add(name);
      kept.add(name + MD5FileUtil.MD5_SUFFIX);
    }
    try (var files = Files.list(directory())) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("snapshot.") && !kept.contains(name)) Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public void format() {}

  /// Done when one has been saved.
  @Override
  public void cleanupOldSnapshots(SnapshotRetentionPolicy policy) {}
}
