package io.skep.domain.engine.store;

/// Aggregates in the order in which they were added. Each is in one list at most.
final class AggregateList {
  private Aggregate first;
  private Aggregate last;

  /// The one that was added first, `null` if there is none.
  Aggregate first() {
    return first;
  }

  /// Adds it at the end and takes it out of the list it was in.
  void add(Aggregate aggregate) {
    if (aggregate.list != null) aggregate.list.remove(aggregate);
    aggregate.list = this;
    aggregate.previous = last;
    if (last == null) first = aggregate;
    else last.next = aggregate;
    last = aggregate;
  }

  void remove(Aggregate aggregate) {
    if (aggregate.previous == null) first = aggregate.next;
    else aggregate.previous.next = aggregate.next;
    if (aggregate.next == null) last = aggregate.previous;
    else aggregate.next.previous = aggregate.previous;
    aggregate.previous = null;
    aggregate.next = null;
    aggregate.list = null;
  }

  /// Adds all of another list, which is empty then.
  void addAll(AggregateList other) {
    while (other.first != null) add(other.first);
  }
}
