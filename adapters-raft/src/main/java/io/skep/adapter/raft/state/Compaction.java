package io.skep.adapter.raft.state;

import io.skep.domain.engine.store.ArchiveException;
import io.skep.port.out.Checkpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which files a checkpoint replaces: it stores again what is in force of them.
///
/// @param leaving those files, in no order
/// @param staying all others, oldest first
record Compaction(List<StateFile> leaving, List<StateFile> staying) {

  /// Nothing may be carried over and over: tombstones for what is in no file go when no older file
  /// is left that might hold it.
  private static final int TOMBSTONES_SHARE = 8;

  /// What a file holds, by its sample.
  private record Content(StateFile file, long inForce, long garbage) {
    static Content of(StateFile file, Checkpoint checkpoint) {
      long all = file.entry().recordBytes();
      long inForce = Math.round(file.sample().inForce(checkpoint) * all);
      return new Content(file, inForce, all - inForce);
    }

    double garbageShare() {
      return (double) garbage / (garbage + inForce + 1);
    }
  }

  /// Takes the files with the largest share of garbage until there is little enough, and then the
  /// smallest until there are few enough. So the cost follows what changes: what was stored again
  /// because of garbage frees as much, and what was merged has doubled its file's size.
  static Compaction of(List<StateFile> files, Checkpoint checkpoint, CompactionLimits limits) {
    var contents = files.stream().map(file -> Content.of(file, checkpoint)).toList();
    var leaving = new LinkedHashSet<StateFile>();
    long total = files.stream().mapToLong(file -> file.entry().length()).sum();
    long tombstones = files.stream().mapToLong(file -> file.entry().tombstoneBytes()).sum();
    if (total > limits.floorBytes()) {
      if (tombstones > total / TOMBSTONES_SHARE) leaving.addAll(files);
      else takeGarbage(contents, total, limits.garbage(), leaving);
    }
    if (files.size() - leaving.size() >= limits.files())
      takeSmallest(contents, limits.files() / 2, leaving);
    return new Compaction(
        List.copyOf(leaving), files.stream().filter(file -> !leaving.contains(file)).toList());
  }

  private static void takeGarbage(
      List<Content> contents, long total, double limit, Set<StateFile> leaving) {
    long left = total;
    long garbage = contents.stream().mapToLong(Content::garbage).sum();
    var worstFirst = new ArrayList<>(contents);
    worstFirst.sort(Comparator.comparingDouble(Content::garbageShare).reversed());
    for (Content content : worstFirst) {
      if (garbage <= left * limit) return;
      leaving.add(content.file());
      left -= content.garbage();
      garbage -= content.garbage();
    }
  }

  private static void takeSmallest(List<Content> contents, int wanted, Set<StateFile> leaving) {
    var smallestFirst = new ArrayList<>(contents);
    smallestFirst.sort(Comparator.comparingLong(Content::inForce));
    for (Content content : smallestFirst) {
      if (contents.size() - leaving.size() <= wanted) return;
      leaving.add(content.file());
    }
  }

  /// Appends all records of the leaving files that are in force.
  ///
  /// @param wayOut what to do if one is damaged, a sentence or more
  /// @throws ArchiveException if a file cannot be read. The state on disk is not what the replica
  ///   counts on, and to try again would not help
  void copy(StateFileWriter writer, Checkpoint checkpoint, String wayOut) throws IOException {
    for (StateFile file : leaving) {
      var scan = new Reading(file, wayOut);
      while (scan.next()) {
        var record = scan.records;
        long place = Places.of(file.entry().sequence(), record.offset());
        if (!checkpoint.isInForce(record.key(), place)) continue;
        record.copyTo(writer);
        writer.drain();
      }
    }
  }

  /// Tells damage from a failure to write.
  private static final class Reading {
    private final RecordScan records;
    private final String wayOut;

    Reading(StateFile file, String wayOut) {
      this.wayOut = wayOut;
      try {
        records = file.scan();
      } catch (IOException e) {
        throw damaged(e);
      }
    }

    boolean next() {
      try {
        return records.next();
      } catch (IOException e) {
        throw damaged(e);
      }
    }

    private ArchiveException damaged(IOException e) {
      return new ArchiveException(
          "Expected to store again what a state file holds, but %s. %s"
              .formatted(e.getMessage(), wayOut),
          e);
    }
  }

  /// The staying files' tombstones and these let all that has ended be known.
  Tombstones tombstones(long[] ended, int sequence) throws IOException {
    var entries = staying.stream().map(StateFile::entry).toList();
    var tombstones = new Tombstones();
    tombstones.add(ended, sequence, entries);
    for (StateFile file : leaving) tombstones.carryOver(file.tombstones(), entries);
    return tombstones;
  }
}
