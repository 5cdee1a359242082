package io.skep.adapter.raft;

import io.skep.adapter.raft.state.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.statemachine.SnapshotInfo;

/// A snapshot as Ratis sends it to followers. The manifest comes last: where it has arrived,
/// everything has.
///
/// Ratis asks for the files before each piece that it reads, and opens them one after the other. So
/// files have to stay as long as it asks.
final class SentSnapshot implements SnapshotInfo {
  /// Longer than any pause between two pieces that Ratis waits for.
  private static final long LEASE_NANOS = 120_000_000_000L;

  private final Manifest manifest;
  private final TermIndex at;
  private final List<FileInfo> files;
  private volatile boolean asked;
  private volatile long askedAt;

  SentSnapshot(Manifest manifest, Path directory) {
    this.manifest = manifest;
    this.at = TermIndex.valueOf(manifest.name().term(), manifest.name().index());
    // Without a digest, Ratis computes it as it sends. Not to have to is not worth computing it
    // for each file: few are ever sent.
    this.files =
        Stream.concat(manifest.files(directory).stream(), Stream.of(manifest.name().in(directory)))
            .map(file -> new FileInfo(file, null))
            .toList();
  }

  Manifest manifest() {
    return manifest;
  }

  @Override
  public TermIndex getTermIndex() {
    return at;
  }

  @Override
  public List<FileInfo> getFiles() {
    askedAt = System.nanoTime();
    asked = true;
    return files;
  }

  /// Whether it may be on its way to a follower.
  boolean isNeeded(long now) {
    return asked && now - askedAt < LEASE_NANOS;
  }

  @Override
  public String toString() {
    return manifest.name().toString();
  }
}
