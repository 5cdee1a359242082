package io.skep.adapter.raft.state;

import io.skep.adapter.raft.disk.Disk;
import io.skep.port.out.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// One checkpoint on its way to the disk.
final class CheckpointRun {
  private final Disk disk;
  private final Path directory;
  private final Path unfinished;
  private final Path unfinishedManifest;
  private final Checkpoint checkpoint;
  private final Compaction compaction;
  private final Manifest manifest;
  private final Placements placements;
  private final Sample sample;
  private final int given;

  /// Writes and syncs a file of what the checkpoint gives and of what is worth being stored again.
  /// Takes as long as it takes.
  ///
  /// @param name as of when the checkpoint is
  /// @param sequence the new file's number
  static CheckpointRun write(
      StateDirectory directories,
      SnapshotName name,
      int sequence,
      StateArchive archive,
      Checkpoint checkpoint,
      BooleanSupplier cancelled)
      throws IOException {
    return new CheckpointRun(directories, name, sequence, archive, checkpoint, cancelled);
  }

  private CheckpointRun(
      StateDirectory directories,
      SnapshotName name,
      int sequence,
      StateArchive archive,
      Checkpoint checkpoint,
      BooleanSupplier cancelled)
      throws IOException {
    this.disk = directories.disk();
    this.directory = directories.directory();
    this.unfinished = directories.unfinished(sequence);
    this.unfinishedManifest = directories.unfinished(name);
    this.checkpoint = checkpoint;
    UUID group = directories.group();
    byte[] head = checkpoint.head();
    long[] ended = checkpoint.ended();
    this.compaction = Compaction.of(archive.files(), checkpoint, directories.limits());
    Tombstones tombstones = compaction.tombstones(ended, sequence);
    FileEntry written;
    try (var out = new StateFileWriter(disk, unfinished, group, sequence, tombstones, cancelled)) {
      boolean more = true;
      while (more) {
        more = checkpoint.next((key, bytes, length) -> out.append(key, bytes, 0, length));
        out.drain();
      }
      given = out.placements().count();
      compaction.copy(out, checkpoint, archive.wayOut());
      written = out.finish();
      placements = out.placements();
      sample = out.sample();
    }
    var files = new ArrayList<>(compaction.staying().stream().map(StateFile::entry).toList());
    files.add(written);
    manifest = new Manifest(group, name, head, files);
  }

  Manifest manifest() {
    return manifest;
  }

  /// Puts what was written where it is found after a restart. Takes some milliseconds.
  ///
  /// @return the new file, open
  StateFile publish() throws IOException {
    FileEntry entry = manifest.files().getLast();
    disk.rename(unfinished, entry.in(directory));
    disk.syncDirectory(directory);
    StateFile file = StateFile.open(directory, manifest.group(), entry, sample);
    try {
      manifest.write(disk, unfinishedManifest, directory);
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /// Tells the replica.
  void stored() {
    checkpoint.stored(placements.keys(), placements.places(), placements.count());
  }

  /// The files that nothing is read from once the replica was told.
  List<StateFile> leaving() {
    return compaction.leaving();
  }

  CheckpointSize size() {
    long bytes = manifest.files().getLast().length() + manifest.head().length;
    return new CheckpointSize(given, placements.count() - given, bytes, manifest.bytes());
  }
}
