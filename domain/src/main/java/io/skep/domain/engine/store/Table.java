package io.skep.domain.engine.store;

import java.util.Arrays;

/// Rows by key. Has no order: whoever needs one sorts the keys or keeps an index.
///
/// Rows that belong to an aggregate come and go with it: asked for a row that has left memory, the
/// table has all of the aggregate brought back.
public final class Table<R extends Row> implements Journal.Undoable {
  private final ObjectMap<R> rows = new ObjectMap<>();
  private final Journal journal;
  private final Aggregates aggregates;

  /// A table whose rows belong to nothing and stay in memory.
  public Table(Journal journal) {
    this(journal, null);
  }

  /// A table whose rows belong to aggregates.
  public Table(Journal journal, Aggregates aggregates) {
    this.journal = journal;
    this.aggregates = aggregates;
  }

  /// The row for reading, or `null` if there is none.
  public R get(long key) {
    R row = rows.get(key);
    return row == null && isBroughtBack(key) ? rows.get(key) : row;
  }

  /// The row if it is in memory, else `null`.
  public R resident(long key) {
    return rows.get(key);
  }

  public boolean has(long key) {
    return get(key) != null;
  }

  private boolean isBroughtBack(long key) {
    return aggregates != null && aggregates.bringBack(key);
  }

  /// How many are in memory.
  public int size() {
    return rows.size();
  }

  /// Puts a row that this turn has made and that belongs to nothing.
  public void insert(long key, R row) {
    row.turn = journal.turn();
    journal.note(this, key, rows.put(key, row));
  }

  /// Puts a row that this turn has made.
  public void insert(long key, Aggregate owner, R row) {
    aggregates.changing(owner);
    row.owner = owner;
    insert(key, row);
  }

  /// The row for changing.
  ///
  /// @throws IllegalStateException if there is none: events are facts, so this is a bug
  @SuppressWarnings("unchecked")
  public R edit(long key) {
    R row = get(key);
    if (row == null)
      throw new IllegalStateException(
          "Expected a row with key %d, but there is none".formatted(key));
    if (row.turn == journal.turn()) return row;
    if (row.owner != null) aggregates.changing(row.owner);
    R copy = (R) row.copy();
    copy.owner = row.owner;
    insert(key, copy);
    return copy;
  }

  /// The row that was there, or `null`.
  public R remove(long key) {
    R row = get(key);
    if (row == null) return null;
    if (row.owner != null) aggregates.changing(row.owner);
    rows.remove(key);
    journal.note(this, key, row);
    return row;
  }

  @Override
  @SuppressWarnings("unchecked")
  public void undo(long key, Object row) {
    if (row == null) rows.remove(key);
    else rows.put(key, (R) row);
  }

  /// Puts a row that was there before, as part of bringing back its aggregate. No turn has made it.
  public void load(long key, Aggregate owner, R row) {
    row.owner = owner;
    rows.put(key, row);
  }

  /// Lets go of a row because its aggregate leaves memory.
  public void forget(long key) {
    rows.remove(key);
  }

  /// All keys in memory in ascending order.
  public long[] sortedKeys() {
    long[] keys = rows.keys();
    Arrays.sort(keys);
    return keys;
  }
}
