package io.skep.adapter.raft.state;

import io.skep.domain.engine.store.Archive;
import io.skep.domain.engine.store.ArchiveException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The open files of a state. Read by the replica's thread while checkpoints add files and drop
/// them.
final class StateArchive implements Archive, AutoCloseable {
  private final String wayOut;
  private final ByteBuffer scratch = StateFile.scratch();

  /// By their numbers, lowest first.
  private volatile StateFile[] files = {};

  /// @param wayOut what to do if a record is damaged, a sentence or more
  StateArchive(String wayOut) {
    this.wayOut = wayOut;
  }

  @Override
  public byte[] read(long place) {
    StateFile file = place < 0 ? null : find(Places.sequence(place));
    if (file == null) {
      throw new ArchiveException(
          "Expected one of the state files %s to hold place %d, but none does. %s"
              .formatted(List.of(files), place, wayOut),
          null);
    }
    return file.read(Places.offset(place), scratch, wayOut);
  }

  private StateFile find(int sequence) {
    StateFile[] now = files;
    int low = 0;
    int high = now.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = now[middle].entry().sequence();
      if (found == sequence) return now[middle];
      if (found < sequence) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  }

  /// Oldest first.
  List<StateFile> files() {
    return List.of(files);
  }

  String wayOut() {
    return wayOut;
  }

  void add(StateFile file) {
    var more = new ArrayList<>(files());
    more.add(file);
    more.sort(Comparator.comparing(added -> added.entry().sequence()));
    files = more.toArray(StateFile[]::new);
  }

  /// Closes files that nothing is read from any more.
  void drop(List<StateFile> unneeded) {
    var left = new ArrayList<>(files());
    left.removeAll(unneeded);
    files = left.toArray(StateFile[]::new);
    unneeded.forEach(StateArchive::close);
  }

  private static void close(StateFile file) {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    drop(files());
  }
}
