package io.skep.domain.engine.timer;

import io.skep.domain.engine.store.Journal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// What becomes due, in the order of its time.
public final class DueIndex implements Journal.Undoable {
  private static final Comparator<Due> ORDER =
      Comparator.comparingLong(Due::atMs).thenComparingLong(Due::key).thenComparing(Due::kind);

  private final TreeSet<Due> entries = new TreeSet<>(ORDER);
  private final Journal journal;

  public DueIndex(Journal journal) {
    this.journal = journal;
  }

  /// What can become due.
  public enum Kind {
    TIMER,
    /// The end of a worker's time, or of a back-off.
    JOB,
    /// The end of waiting for other partitions.
    DEPLOYMENT
  }

  /// @param atMs epoch milliseconds
  public record Due(long atMs, Kind kind, long key) {}

  private record Change(Due due, boolean added) {}

  public void add(long atMs, Kind kind, long key) {
    change(new Change(new Due(atMs, kind, key), true));
  }

  public void remove(long atMs, Kind kind, long key) {
    change(new Change(new Due(atMs, kind, key), false));
  }

  private void change(Change change) {
    boolean changed = change.added ? entries.add(change.due) : entries.remove(change.due);
    if (!changed) {
      throw new IllegalStateException(
          "Expected %s to %s, but it did not"
              .formatted(change.due, change.added ? "be new" : "be due"));
    }
    journal.note(this, change.due.key, change);
  }

  @Override
  public void undo(long key, Object value) {
    var change = (Change) value;
    if (change.added) entries.remove(change.due);
    else entries.add(change.due);
  }

  /// When the next is due, epoch milliseconds; [Long#MAX_VALUE] if nothing is.
  public long nextAtMs() {
    return entries.isEmpty() ? Long.MAX_VALUE : entries.first().atMs;
  }

  /// What is due at this time, the earliest first.
  ///
  /// @param limit how many at most
  public List<Due> dueAt(long nowMs, int limit) {
    var due = new ArrayList<Due>();
    for (Due entry : entries) {
      if (entry.atMs > nowMs || due.size() == limit) break;
      due.add(entry);
    }
    return due;
  }
}
