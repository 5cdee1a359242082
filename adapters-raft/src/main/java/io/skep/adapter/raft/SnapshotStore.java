package io.skep.adapter.raft;

import io.skep.adapter.raft.state.CheckpointSize;
import io.skep.adapter.raft.state.KeptState;
import io.skep.adapter.raft.state.Manifest;
import io.skep.adapter.raft.state.SnapshotName;
import io.skep.adapter.raft.state.StateDirectory;
import io.skep.adapter.raft.state.StateStore;
import io.skep.port.out.Checkpoint;
import io.skep.port.out.LogException;
import io.skep.port.out.Replica;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A partition's snapshots, as Ratis sees them.
final class SnapshotStore implements StateMachineStorage {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotStore.class);

  private final int partitionId;
  private final UUID group;

  /// Those that Ratis has been told of and may be sending, oldest first.
  private final List<SentSnapshot> told = new ArrayList<>();

  private volatile SentSnapshot latest;
  private RaftStorage storage;
  private StateDirectory directory;
  private StateStore states;

  SnapshotStore(int partitionId, UUID group) {
    this.partitionId = partitionId;
    this.group = group;
  }

  @Override
  public void init(RaftStorage raftStorage) throws IOException {
    storage = raftStorage;
    var root = raftStorage.getStorageDir();
    directory =
        new StateDirectory(
            root.getStateMachineDir().toPath().toAbsolutePath(), root.getTmpDir().toPath(), group);
    directory.clear();
    states = new StateStore(directory, wayOut());
  }

  private String wayOut() {
    return LostState.wayOut(storage, partitionId);
  }

  /// The newest that is known to be good, or `null`.
  @Override
  public SentSnapshot getLatestSnapshot() {
    return latest;
  }

  /// How far the log may be dropped, -1 if not at all: not beyond the older snapshot that is kept,
  /// so that it is of use.
  long purgeable() {
    return states.olderIndex();
  }

  /// Restores the newest snapshot that can be used and that the log goes on from.
  ///
  /// @return as of when, or `null` if there is none and the log begins at the beginning
  /// @throws LogException if snapshots are damaged and the log does not make up for it
  TermIndex restore(Replica replica) throws IOException {
    var problems = new ArrayList<String>();
    TermIndex restored = null;
    boolean touched = false;
    for (Path file : directory.manifests()) {
      KeptState state = null;
      try {
        state = KeptState.open(file, group, wayOut());
        touched = true;
        replica.restore(state);
        restored = adopt(state);
        break;
      } catch (IOException e) {
        if (state != null) state.close();
        LOG.warn(
            "Expected partition {}'s snapshot '{}', but {}", partitionId, file, e.getMessage());
        problems.add("'%s': %s".formatted(file, e.getMessage()));
      }
    }
    boolean stateUnknown = restored == null && touched;
    new LostState(storage, directory.directory(), partitionId)
        .checkLogGoesOnFrom(restored, problems, stateUnknown);
    if (restored == null) replica.use(states.archive());
    return restored;
  }

  private synchronized TermIndex adopt(KeptState state) {
    states.adopt(state);
    told.clear();
    tell(state.manifest());
    return latest.getTermIndex();
  }

  private void tell(Manifest manifest) {
    latest = new SentSnapshot(manifest, directory.directory());
    told.add(latest);
  }

  /// A leader has sent a snapshot, and Ratis is about to put it where ours are.
  ///
  /// @throws IOException if it cannot be used
  void expectInstalled() throws IOException {
    directory.receive();
    states.expectReplacement();
  }

  /// Restores the snapshot that a leader has sent.
  TermIndex restoreInstalled(Replica replica) throws IOException {
    var manifests = directory.manifests();
    if (manifests.isEmpty()) throw new IOException("there is no file");
    KeptState state = KeptState.open(manifests.getFirst(), group, wayOut());
    try {
      replica.restore(state);
    } catch (IOException | RuntimeException e) {
      state.close();
      throw e;
    }
    return adopt(state);
  }

  /// Whether there is no state that could be stored.
  boolean isBeingReplaced() {
    return states.isBeingReplaced();
  }

  /// Stores a checkpoint, and then removes what is no longer needed. Takes as long as it takes: not
  /// for the apply thread.
  CheckpointSize save(TermIndex at, Checkpoint checkpoint, BooleanSupplier cancelled)
      throws IOException {
    var name = new SnapshotName(at.getTerm(), at.getIndex());
    CheckpointSize size = states.store(name, checkpoint, cancelled);
    tidy(name);
    return size;
  }

  /// Whether the disk had no room for what failed.
  boolean isFull(IOException failure) {
    return FullDisk.isCauseOf(failure, directory.directory());
  }

  private synchronized void tidy(SnapshotName name) throws IOException {
    Manifest newest = states.latest();
    // A leader may have sent another meanwhile.
    if (newest == null || !newest.name().equals(name)) return;
    tell(newest);
    long now = System.nanoTime();
    told.removeIf(sent -> sent != latest && !sent.isNeeded(now));
    states.removeOld(told.stream().map(SentSnapshot::manifest).toList());
  }

  void close() {
    if (states != null) states.close();
  }

  /// Absolute, though the data directory may not be: Ratis tells other members where a file is
  /// below this one.
  @Override
  public File getSnapshotDir() {
    return directory.directory().toFile();
  }

  @Override
  public void format() {}

  /// Done when one has been saved.
  @Override
  public void cleanupOldSnapshots(SnapshotRetentionPolicy policy) {}
}
