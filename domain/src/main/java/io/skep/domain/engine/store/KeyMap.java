package io.skep.domain.engine.store;

/// Keys by other keys, for millions of them.
public final class KeyMap implements Journal.Undoable {
  private static final long NONE = 0;

  private final LongMap keys = new LongMap(NONE);
  private final Journal journal;

  public KeyMap(Journal journal) {
    this.journal = journal;
  }

  /// 0 if there is none.
  public long get(long key) {
    return keys.get(key);
  }

  /// @param value not 0
  public void put(long key, long value) {
    journal.noteNumber(this, key, keys.get(key));
    keys.put(key, value);
  }

  public void remove(long key) {
    journal.noteNumber(this, key, keys.remove(key));
  }

  public long size() {
    return keys.size();
  }

  @Override
  public void undo(long key, Object value) {
    long before = (Long) value;
    if (before == NONE) keys.remove(key);
    else keys.put(key, before);
  }
}
