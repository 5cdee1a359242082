package io.skep.adapter.raft.state;

import io.skep.domain.engine.store.Archive;
import io.skep.port.out.StoredState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import org.agrona.collections.Long2LongHashMap;

/// What a manifest and its files hold.
public final class KeptState implements StoredState, AutoCloseable {
  private static final long NOT_SEEN = Long.MIN_VALUE;

  private final Manifest manifest;
  private final StateArchive archive;

  private KeptState(Manifest manifest, StateArchive archive) {
    this.manifest = manifest;
    this.archive = archive;
  }

  /// Opens a manifest's files. What can be checked without reading them to the end is checked.
  ///
  /// @param wayOut what to do if a record turns out to be damaged, a sentence or more
  /// @throws IOException if it cannot be used; the message says what is wrong
  public static KeptState open(Path manifestFile, UUID group, String wayOut) throws IOException {
    Manifest manifest = Manifest.read(manifestFile, group);
    var archive = new StateArchive(wayOut);
    try {
      for (FileEntry entry : manifest.files()) {
        var sample = new Sample(entry.sequence());
        archive.add(StateFile.open(manifestFile.getParent(), group, entry, sample));
      }
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
    return new KeptState(manifest, archive);
  }

  public Manifest manifest() {
    return manifest;
  }

  StateArchive files() {
    return archive;
  }

  @Override
  public byte[] head() {
    return manifest.head();
  }

  @Override
  public Archive archive() {
    return archive;
  }

  /// Reads all files to their end.
  ///
  /// @throws IOException if one is damaged; the message names it
  public void verify() throws IOException {
    for (StateFile file : archive.files()) {
      RecordScan scan = file.scan();
      while (scan.next()) {}
    }
  }

  @Override
  public void forEach(RecordVisitor visitor) throws IOException {
    // For each key, the lowest number of a file whose record of it would count.
    var counts = new Long2LongHashMap(NOT_SEEN);
    for (StateFile file : archive.files().reversed()) {
      ByteBuffer tombstones = file.tombstones();
      while (tombstones.hasRemaining()) raise(counts, tombstones.getLong(), tombstones.getInt());
      visit(file, counts, visitor);
    }
  }

  private void visit(StateFile file, Long2LongHashMap counts, RecordVisitor visitor)
      throws IOException {
    int sequence = file.entry().sequence();
    // Nothing older comes, so its keys need not be remembered. It is often the largest.
    boolean oldest = file == archive.files().getFirst();
    RecordScan scan = file.scan();
    while (scan.next()) {
      long key = scan.key();
      long place = Places.of(sequence, scan.offset());
      file.sample().offer(key, place, scan.length());
      if (counts.get(key) > sequence) continue;
      if (!oldest) counts.put(key, Long.MAX_VALUE);
      visitor.visit(key, place, scan.bytes());
    }
  }

  private static void raise(Long2LongHashMap counts, long key, long sequence) {
    if (counts.get(key) < sequence) counts.put(key, sequence);
  }

  @Override
  public void close() {
    archive.close();
  }
}
