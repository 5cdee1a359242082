package io.skep.domain.engine.store;

/// Finds rows by what [Fingerprints] stand for, in the order of their keys.
public final class FingerprintIndex implements Journal.Undoable {
  private final SortedPairs keys = new SortedPairs();
  private final Journal journal;

  public FingerprintIndex(Journal journal) {
    this.journal = journal;
  }

  private record Change(long fingerprint, boolean added) {}

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  public int size() {
    return keys.size();
  }

  /// The lowest key above one whose row may be what is looked for, 0 if there is none.
  ///
  /// @param above 0 for the lowest of all
  public long after(long fingerprint, long above) {
    return keys.minorAbove(fingerprint, above, 0);
  }

  /// @throws IllegalStateException if it is there already: events are facts, so this is a bug
  public void add(long fingerprint, long key) {
    if (!keys.add(fingerprint, key))
      throw new IllegalStateException("Expected key %d to be new to an index".formatted(key));
    journal.note(this, key, new Change(fingerprint, true));
  }

  /// @throws IllegalStateException if it is not there: events are facts, so this is a bug
  public void remove(long fingerprint, long key) {
    if (!keys.remove(fingerprint, key))
      throw new IllegalStateException("Expected key %d in an index".formatted(key));
    journal.note(this, key, new Change(fingerprint, false));
  }

  @Override
  public void undo(long key, Object value) {
    var change = (Change) value;
    if (change.added) keys.remove(change.fingerprint, key);
    else keys.add(change.fingerprint, key);
  }
}
