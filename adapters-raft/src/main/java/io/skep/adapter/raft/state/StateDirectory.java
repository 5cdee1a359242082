package io.skep.adapter.raft.state;

import io.skep.adapter.raft.disk.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/// Where a partition's manifests and state files are.
public final class StateDirectory {
  /// What the directory is called while another, sent by a leader, takes its place.
  private static final String REPLACED = ".tmp";

  private final Disk disk;
  private final Path directory;
  private final Path temporary;
  private final UUID group;
  private final CompactionLimits limits;

  /// @param temporary for what is not finished; on the same file system
  /// @param group whose state it is
  public StateDirectory(Path directory, Path temporary, UUID group) {
    this(Disk.REAL, directory, temporary, group, CompactionLimits.DEFAULT);
  }

  StateDirectory(Disk disk, Path directory, Path temporary, UUID group, CompactionLimits limits) {
    this.disk = disk;
    this.directory = directory;
    this.temporary = temporary;
    this.group = group;
    this.limits = limits;
  }

  Disk disk() {
    return disk;
  }

  public Path directory() {
    return directory;
  }

  /// Where a state file is written.
  Path unfinished(int sequence) {
    return temporary.resolve("state." + sequence);
  }

  /// Where a manifest is written.
  Path unfinished(SnapshotName name) {
    return temporary.resolve(name + ".unfinished");
  }

  UUID group() {
    return group;
  }

  CompactionLimits limits() {
    return limits;
  }

  /// Clears away what a crash has left behind, of ours as of what a leader was sending.
  public void clear() throws IOException {
    deleteAll(temporary);
    Files.createDirectories(temporary);
    Files.createDirectories(directory);
    for (Path replaced : replaced()) {
      // A crash may come after ours was moved away and before the other was in its place.
      if (manifests().isEmpty() && !manifests(replaced).isEmpty()) {
        deleteAll(directory);
        disk.rename(replaced, directory);
        disk.syncDirectory(directory.getParent());
      } else {
        deleteAll(replaced);
      }
    }
  }

  private List<Path> replaced() throws IOException {
    String prefix = directory.getFileName() + REPLACED;
    try (var siblings = Files.list(directory.getParent())) {
      return siblings
          .filter(sibling -> sibling.getFileName().toString().startsWith(prefix))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  /// All manifests, newest first, whether they can be used or not.
  public List<Path> manifests() throws IOException {
    return manifests(directory);
  }

  private static List<Path> manifests(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .filter(SnapshotName::isOne)
          .sorted(Comparator.comparing(SnapshotName::of).reversed())
          .toList();
    }
  }

  /// A number that no file has, and higher than all that are there.
  int nextSequence() throws IOException {
    try (var files = Files.list(directory)) {
      int next = files.mapToInt(FileEntry::sequence).max().orElse(-1) + 1;
      if (next > Places.MAX_SEQUENCE)
        throw new StateLimitException(
            "Expected fewer than 2^27 state files in '%s' ever".formatted(directory));
      return next;
    }
  }

  /// Removes what none of these manifests needs.
  void removeAllBut(Collection<Manifest> needed) throws IOException {
    var kept = new HashSet<Path>();
    for (Manifest manifest : needed) {
      kept.add(manifest.name().in(directory));
      kept.addAll(manifest.files(directory));
    }
    try (var files = Files.list(directory)) {
      // Manifests first: none should name what is no longer there.
      var unneeded = files.filter(file -> isOurs(file) && !kept.contains(file)).sorted().toList();
      for (Path file : unneeded) disk.delete(file);
    }
  }

  /// Also the checksums that Ratis leaves beside the files that it receives.
  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("snapshot.") || name.startsWith("state.");
  }

  /// Checks and syncs what a leader has sent, before it replaces what is here.
  ///
  /// @throws IOException if it cannot be used; it is gone then, and the message says what was wrong
  public void receive() throws IOException {
    try (var received = Files.list(temporary)) {
      for (Path one : received.filter(Files::isDirectory).toList()) receive(one);
    }
  }

  private void receive(Path received) throws IOException {
    var manifests = manifests(received);
    // The manifest comes last. Whatever has none is left from an attempt that ended early.
    if (manifests.isEmpty()) {
      deleteAll(received);
      return;
    }
    try (var state = KeptState.open(manifests.getFirst(), group, "")) {
      state.verify();
    } catch (IOException e) {
      deleteAll(received);
      throw new IOException("Expected a whole snapshot from the leader, but " + e.getMessage(), e);
    }
    try (var files = Files.list(received)) {
      for (Path file : files.toList()) sync(file);
    }
    disk.syncDirectory(received);
  }

  private void sync(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      disk.sync(channel);
    }
  }

  private static void deleteAll(Path directory) throws IOException {
    if (!Files.exists(directory)) return;
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            if (e != null) throw e;
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
