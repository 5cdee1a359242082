package io.skep.adapter.raft.state;

import io.skep.domain.engine.store.Archive;
import io.skep.port.out.Checkpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Stores checkpoints, and keeps two snapshots: the newest, and one before it in case the newest
/// turns out to be damaged.
public final class StateStore implements AutoCloseable {
  private static final int KEPT = 2;

  private final StateDirectory directory;

  /// Those that were stored or restored by this process and so are known to be good, oldest first.
  private final List<Manifest> good = new ArrayList<>();

  private StateArchive archive;

  /// How often another state has taken the place of this one.
  private volatile int replacements;

  private volatile boolean beingReplaced;

  /// Asked by the replica's thread, which must not wait for a disk.
  private volatile long olderIndex = -1;

  /// @param wayOut what to do if a record turns out to be damaged, a sentence or more
  public StateStore(StateDirectory directory, String wayOut) {
    this.directory = directory;
    this.archive = new StateArchive(wayOut);
  }

  /// Where to read what is going to be stored.
  public synchronized Archive archive() {
    return archive;
  }

  /// Goes on from this state, which was found here or has been sent by a leader.
  public synchronized void adopt(KeptState state) {
    archive.close();
    archive = state.files();
    good.clear();
    keep(state.manifest());
    beingReplaced = false;
  }

  /// What is being stored comes to nothing, until [#adopt] tells of another state.
  public synchronized void expectReplacement() {
    replacements++;
    beingReplaced = true;
  }

  public boolean isBeingReplaced() {
    return beingReplaced;
  }

  /// The newest that is known to be good, or `null`.
  public synchronized Manifest latest() {
    return good.isEmpty() ? null : good.getLast();
  }

  /// The index of the older of the snapshots that are kept, -1 if there are not two.
  public long olderIndex() {
    return olderIndex;
  }

  private void keep(Manifest manifest) {
    good.add(manifest.withoutHead());
    good.sort(Comparator.comparingLong(kept -> kept.name().index()));
    while (good.size() > KEPT) good.removeFirst();
    olderIndex = good.size() < KEPT ? -1 : good.getFirst().name().index();
  }

  /// Stores a checkpoint and tells it; or leaves everything as it was, and tells it that. One at a
  /// time. Takes as long as it takes.
  ///
  /// @param name as of when the checkpoint is
  /// @param cancelled asked now and then; once it says yes, storing ends with an [IOException]
  /// @throws io.skep.domain.engine.store.ArchiveException if what was stored before is damaged
  public CheckpointSize store(SnapshotName name, Checkpoint checkpoint, BooleanSupplier cancelled)
      throws IOException {
    int before;
    StateArchive files;
    synchronized (this) {
      before = replacements;
      files = archive;
    }
    BooleanSupplier ended = () -> replacements != before || cancelled.getAsBoolean();
    int sequence = -1;
    try {
      sequence = directory.nextSequence();
      var run = CheckpointRun.write(directory, name, sequence, files, checkpoint, ended);
      publish(run, files, before);
      return run.size();
    } catch (IOException | RuntimeException | Error e) {
      undo(name, sequence, files, before, e);
      checkpoint.failed();
      // What it was read from may have been closed.
      if (replacements != before) throw new SupersededException();
      throw e;
    }
  }

  private void publish(CheckpointRun run, StateArchive files, int before) throws IOException {
    synchronized (this) {
      if (replacements != before || beingReplaced) throw new SupersededException();
      files.add(run.publish());
    }
    // Not while others wait: the replica may be busy.
    run.stored();
    synchronized (this) {
      if (replacements != before) return;
      good.removeIf(manifest -> manifest.name().equals(run.manifest().name()));
      keep(run.manifest());
      files.drop(run.leaving());
    }
  }

  /// After a failure, which is told to the caller even if this fails as well.
  private synchronized void undo(
      SnapshotName name, int sequence, StateArchive files, int before, Throwable failure) {
    try {
      directory.disk().delete(directory.unfinished(sequence));
      directory.disk().delete(directory.unfinished(name));
      if (sequence < 0 || replacements != before) return;
      files.drop(
          files.files().stream().filter(file -> file.entry().sequence() == sequence).toList());
      // It may be there, but then it says what nobody counts on.
      boolean known = good.stream().anyMatch(manifest -> manifest.name().equals(name));
      if (!known) directory.disk().delete(name.in(directory.directory()));
      directory.disk().delete(directory.directory().resolve("state." + sequence));
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /// Removes files that are no longer needed.
  ///
  /// @param alsoNeeded manifests that have to stay with their files beside the two
  public synchronized void removeOld(Collection<Manifest> alsoNeeded) throws IOException {
    if (good.size() < KEPT || beingReplaced) return;
    var needed = new HashSet<>(alsoNeeded);
    needed.addAll(good);
    directory.removeAllBut(needed);
  }

  @Override
  public synchronized void close() {
    archive.close();
  }
}
