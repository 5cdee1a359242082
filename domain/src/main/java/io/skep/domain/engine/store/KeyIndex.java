package io.skep.domain.engine.store;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Finds rows by something other than their key, in an order of their own. Must not change while
/// what it gave out is walked through.
///
/// @param <S> what is looked for
public final class KeyIndex<S> implements Journal.Undoable {
  private static final NavigableMap<Long, Long> NONE =
      Collections.unmodifiableNavigableMap(new TreeMap<>());

  private final Map<S, TreeMap<Long, Long>> keys = new HashMap<>();
  private final Journal journal;

  public KeyIndex(Journal journal) {
    this.journal = journal;
  }

  private record Change<S>(S subject, long key, boolean added) {}

  public boolean has(S subject) {
    return keys.containsKey(subject);
  }

  /// The keys of its rows, in their order.
  public Collection<Long> at(S subject) {
    TreeMap<Long, Long> found = keys.get(subject);
    return found == null ? List.of() : found.values();
  }

  /// Those whose place in the order is above one and not above another, in their order.
  public Collection<Long> between(S subject, long above, long upTo) {
    if (upTo <= above) return List.of();
    TreeMap<Long, Long> found = keys.get(subject);
    return (found == null ? NONE : found).subMap(above, false, upTo, true).values();
  }

  /// @param order its place among those that have the same subject
  public void add(S subject, long order, long key) {
    put(subject, order, key);
    journal.note(this, order, new Change<>(subject, key, true));
  }

  /// @throws IllegalStateException if it is not there: events are facts, so this is a bug
  public void remove(S subject, long order) {
    journal.note(this, order, new Change<>(subject, drop(subject, order), false));
  }

  private void put(S subject, long order, long key) {
    keys.computeIfAbsent(subject, _ -> new TreeMap<>()).put(order, key);
  }

  private long drop(S subject, long order) {
    TreeMap<Long, Long> found = keys.get(subject);
    Long key = found == null ? null : found.remove(order);
    if (key == null) {
      throw new IllegalStateException(
          "Expected an entry of %s with order %d, but there is none".formatted(subject, order));
    }
    if (found.isEmpty()) keys.remove(subject);
    return key;
  }

  @Override
  @SuppressWarnings("unchecked")
  public void undo(long order, Object value) {
    var change = (Change<S>) value;
    if (change.added) drop(change.subject, order);
    else put(change.subject, order, change.key);
  }
}
