package io.skep.domain.engine.store;

import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;

/// Rows by key. Has no order: whoever needs one sorts the keys or keeps an index.
public final class Table<R extends Row> implements Journal.Undoable {
  private final Long2ObjectHashMap<R> rows;
  private final Journal journal;

  public Table(Journal journal) {
    this(journal, new Long2ObjectHashMap<>());
  }

  private Table(Journal journal, Long2ObjectHashMap<R> rows) {
    this.journal = journal;
    this.rows = rows;
  }

  /// The row for reading, or `null` if there is none.
  public R get(long key) {
    return rows.get(key);
  }

  public boolean has(long key) {
    return rows.containsKey(key);
  }

  public int size() {
    return rows.size();
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /// Puts a row that this turn has made.
  public void insert(long key, R row) {
    row.turn = journal.turn();
    journal.note(this, key, rows.put(key, row));
  }

  /// The row for changing.
  ///
  /// @throws IllegalStateException if there is none: events are facts, so this is a bug
  @SuppressWarnings("unchecked")
  public R edit(long key) {
    R row = rows.get(key);
    if (row == null)
      throw new IllegalStateException(
          "Expected a row with key %d, but there is none".formatted(key));
    if (row.turn == journal.turn()) return row;
    R copy = (R) row.copy();
    insert(key, copy);
    return copy;
  }

  /// The row that was there, or `null`.
  public R remove(long key) {
    R row = rows.remove(key);
    if (row != null) journal.note(this, key, row);
    return row;
  }

  @Override
  @SuppressWarnings("unchecked")
  public void undo(long key, Object row) {
    if (row == null) rows.remove(key);
    else rows.put(key, (R) row);
  }

  /// All rows in no order.
  public Iterable<R> all() {
    return rows.values();
  }

  /// All keys in ascending order.
  public long[] sortedKeys() {
    long[] keys = new long[rows.size()];
    var iterator = rows.keySet().iterator();
    for (int i = 0; i < keys.length; i++) keys[i] = iterator.nextLong();
    Arrays.sort(keys);
    return keys;
  }

  /// The rows as they are between two turns. Later turns do not show in it, and it must not be
  /// changed.
  public Table<R> frozen() {
    return new Table<>(new Journal(), new Long2ObjectHashMap<>(rows));
  }
}
