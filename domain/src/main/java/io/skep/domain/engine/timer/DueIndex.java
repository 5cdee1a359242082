package io.skep.domain.engine.timer;

import io.skep.domain.engine.store.CorruptStateException;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.SortedPairs;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.timer.DueEvent.DuePostponed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// What becomes due, in the order of its time. Whoever owns a due thing knows its own time; that it
/// was put off is known here alone.
public final class DueIndex implements Journal.Undoable {
  private static final Kind[] KINDS = Kind.values();
  private static final Comparator<Due> ORDER =
      Comparator.comparingLong(Due::atMs).thenComparingLong(Due::key).thenComparing(Due::kind);

  /// Times and keys of what is due, for each kind.
  private final SortedPairs[] entries = new SortedPairs[KINDS.length];

  /// Until when things were put off. Seldom more than a few.
  private final TreeMap<Owner, Long> postponed;

  private final Journal journal;

  public DueIndex(Journal journal) {
    this(journal, new TreeMap<>());
  }

  private DueIndex(Journal journal, TreeMap<Owner, Long> postponed) {
    this.journal = journal;
    this.postponed = postponed;
    Arrays.setAll(entries, _ -> new SortedPairs());
  }

  /// What can become due.
  public enum Kind {
    TIMER,
    /// The end of a worker's time, or of a back-off.
    JOB,
    /// The end of waiting for other partitions.
    DEPLOYMENT,
    /// The end of a message's time to live.
    MESSAGE
  }

  /// @param atMs epoch milliseconds
  public record Due(long atMs, Kind kind, long key) {}

  /// Who has something due: each one thing at a time.
  private record Owner(Kind kind, long key) implements Comparable<Owner> {
    @Override
    public int compareTo(Owner other) {
      int byKey = Long.compare(key, other.key);
      return byKey != 0 ? byKey : kind.compareTo(other.kind);
    }
  }

  private record Change(Due due, boolean added) {}

  /// @param beforeMs `null` if it was not put off before
  private record Delay(Owner owner, Long beforeMs) {}

  public void add(long atMs, Kind kind, long key) {
    change(new Change(new Due(seenToAtMs(atMs, kind, key), kind, key), true));
  }

  public void remove(long atMs, Kind kind, long key) {
    change(new Change(new Due(seenToAtMs(atMs, kind, key), kind, key), false));
    var owner = new Owner(kind, key);
    if (postponed.containsKey(owner)) delay(owner, null);
  }

  /// When something is seen to that its owner takes for due at a time.
  public long seenToAtMs(long atMs, Kind kind, long key) {
    // Nearly always there is nothing to look for.
    if (postponed.isEmpty()) return atMs;
    Long untilMs = postponed.get(new Owner(kind, key));
    return untilMs == null ? atMs : untilMs;
  }

  public void apply(DueEvent event) {
    switch (event) {
      case DuePostponed(_, Due due, long untilMs) -> {
        change(new Change(due, false));
        delay(new Owner(due.kind, due.key), untilMs);
        change(new Change(new Due(untilMs, due.kind, due.key), true));
      }
    }
  }

  private void delay(Owner owner, Long untilMs) {
    Long beforeMs = untilMs == null ? postponed.remove(owner) : postponed.put(owner, untilMs);
    journal.note(this, owner.key, new Delay(owner, beforeMs));
  }

  private void change(Change change) {
    if (!(change.added ? isAdded(change.due) : isRemoved(change.due))) {
      throw new IllegalStateException(
          "Expected %s to %s, but it did not"
              .formatted(change.due, change.added ? "be new" : "be due"));
    }
    journal.note(this, change.due.key, change);
  }

  private boolean isAdded(Due due) {
    return entries[due.kind.ordinal()].add(due.atMs, due.key);
  }

  private boolean isRemoved(Due due) {
    return entries[due.kind.ordinal()].remove(due.atMs, due.key);
  }

  @Override
  public void undo(long key, Object value) {
    if (value instanceof Change(Due due, boolean added)) {
      if (added) isRemoved(due);
      else isAdded(due);
    } else if (value instanceof Delay(Owner owner, Long beforeMs)) {
      if (beforeMs == null) postponed.remove(owner);
      else postponed.put(owner, beforeMs);
    }
  }

  /// When the next is due, epoch milliseconds; [Long#MAX_VALUE] if nothing is.
  public long nextAtMs() {
    long nextAtMs = Long.MAX_VALUE;
    for (SortedPairs ofKind : entries) {
      var first = ofKind.from(Long.MIN_VALUE, Long.MIN_VALUE);
      if (!first.atEnd()) nextAtMs = Math.min(nextAtMs, first.major());
    }
    return nextAtMs;
  }

  /// What is due at this time, the earliest first.
  ///
  /// @param limit how many at most
  public List<Due> dueAt(long nowMs, int limit) {
    var due = new ArrayList<Due>();
    for (Kind kind : KINDS) {
      int left = limit;
      var entry = entries[kind.ordinal()].from(Long.MIN_VALUE, Long.MIN_VALUE);
      for (; left > 0 && !entry.atEnd() && entry.major() <= nowMs; entry.advance(), left--)
        due.add(new Due(entry.major(), kind, entry.minor()));
    }
    due.sort(ORDER);
    return due.size() <= limit ? due : due.subList(0, limit);
  }

  /// Writes what was put off. The rest stands with the owners.
  public void write(StateWriter out) {
    out.writeInt(postponed.size());
    postponed.forEach(
        (owner, untilMs) ->
            out.writeByte(owner.kind.ordinal()).writeLong(owner.key).writeLong(untilMs));
  }

  /// To be read before the owners are.
  public void read(StateReader in) {
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      int kind = in.readByte();
      if (kind >= KINDS.length) {
        throw new CorruptStateException(
            "Expected a kind of due thing, 0 to %d, but it is %d"
                .formatted(KINDS.length - 1, kind));
      }
      postponed.put(new Owner(KINDS[kind], in.readLong()), in.readLong());
    }
  }
}
