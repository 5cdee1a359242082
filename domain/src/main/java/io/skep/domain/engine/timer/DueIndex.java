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
public final class DueIndex {
  private static final Kind[] KINDS = Kind.values();
  private static final Comparator<Due> ORDER =
      Comparator.comparingLong(Due::atMs).thenComparingLong(Due::key).thenComparing(Due::kind);

  private final OfKind[] entries = new OfKind[KINDS.length];

  /// Until when things were put off. Seldom more than a few.
  private final TreeMap<Owner, Long> postponed;

  private final Journal.Undoable delaying = (_, before) -> setDelay((Delay) before);
  private final Journal journal;

  public DueIndex(Journal journal) {
    this(journal, new TreeMap<>());
  }

  private DueIndex(Journal journal, TreeMap<Owner, Long> postponed) {
    this.journal = journal;
    this.postponed = postponed;
    Arrays.setAll(entries, _ -> new OfKind());
  }

  /// What is due of one kind.
  private static final class OfKind {
    /// Times and keys.
    final SortedPairs pairs = new SortedPairs();

    final Journal.Undoable adding = (key, atMs) -> pairs.remove((Long) atMs, key);
    final Journal.Undoable removing = (key, atMs) -> pairs.add((Long) atMs, key);
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

  /// @param untilMs `null` if it is not put off
  private record Delay(Owner owner, Long untilMs) {}

  public void add(long atMs, Kind kind, long key) {
    addEntry(seenToAtMs(atMs, kind, key), kind, key);
  }

  public void remove(long atMs, Kind kind, long key) {
    removeEntry(seenToAtMs(atMs, kind, key), kind, key);
    if (postponed.isEmpty()) return;
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
        removeEntry(due.atMs, due.kind, due.key);
        delay(new Owner(due.kind, due.key), untilMs);
        addEntry(untilMs, due.kind, due.key);
      }
    }
  }

  private void delay(Owner owner, Long untilMs) {
    Long beforeMs = setDelay(new Delay(owner, untilMs));
    journal.note(delaying, owner.key, new Delay(owner, beforeMs));
  }

  /// Until when it was put off before, `null` if it was not.
  private Long setDelay(Delay delay) {
    return delay.untilMs == null
        ? postponed.remove(delay.owner)
        : postponed.put(delay.owner, delay.untilMs);
  }

  private void addEntry(long atMs, Kind kind, long key) {
    OfKind ofKind = entries[kind.ordinal()];
    if (!ofKind.pairs.add(atMs, key)) throw unexpected("be new", atMs, kind, key);
    journal.noteNumber(ofKind.adding, key, atMs);
  }

  private void removeEntry(long atMs, Kind kind, long key) {
    OfKind ofKind = entries[kind.ordinal()];
    if (!ofKind.pairs.remove(atMs, key)) throw unexpected("be due", atMs, kind, key);
    journal.noteNumber(ofKind.removing, key, atMs);
  }

  private static IllegalStateException unexpected(String what, long atMs, Kind kind, long key) {
    return new IllegalStateException(
        "Expected %s to %s, but it did not".formatted(new Due(atMs, kind, key), what));
  }

  /// When the next is due, epoch milliseconds; [Long#MAX_VALUE] if nothing is.
  public long nextAtMs() {
    long nextAtMs = Long.MAX_VALUE;
    for (OfKind ofKind : entries)
      nextAtMs = Math.min(nextAtMs, ofKind.pairs.lowestMajor(Long.MAX_VALUE));
    return nextAtMs;
  }

  /// What is due at this time, the earliest first.
  ///
  /// @param limit how many at most
  public List<Due> dueAt(long nowMs, int limit) {
    var due = new ArrayList<Due>();
    for (Kind kind : KINDS) {
      int left = limit;
      var entry = entries[kind.ordinal()].pairs.from(Long.MIN_VALUE, Long.MIN_VALUE);
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
