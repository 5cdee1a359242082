package io.skep.domain.engine.store;

/// Rows that are stored as one, leave memory as one, and come back as one. This is the handle of
/// one that is in memory; [Aggregates] keeps it.
public final class Aggregate {
  private final long key;
  private final Kind kind;

  /// Where it was stored last.
  long place = Archive.NOWHERE;

  /// The checkpoints that had begun when it was used last.
  int usedIn;

  /// The checkpoint that has got it last.
  int givenTo = -1;

  /// What it is in, `null` if nothing.
  AggregateList list;

  Aggregate previous;
  Aggregate next;
  boolean ended;

  Aggregate(long key, Kind kind) {
    this.key = key;
    this.kind = kind;
  }

  /// What an aggregate is. Its place in this list is part of the stored form.
  public enum Kind {
    /// A published message that is kept.
    MESSAGE,
    /// A waiting for messages, on the partition of the correlation key.
    MESSAGE_SUBSCRIPTION,
    /// A process instance with all that it owns.
    INSTANCE,
    /// A version of a process. To bring one back takes as long as to read its file, so it leaves
    /// only if nobody asks for it, however many aggregates are in memory.
    DEFINITION
  }

  /// Of the message, the subscription, or the process instance: given by this partition.
  public long key() {
    return key;
  }

  public Kind kind() {
    return kind;
  }
}
