package io.skep.port.out;

import io.skep.domain.engine.store.Aggregates.RecordSink;

/// The state of a [Replica] as it was at one index, to be stored while the replica goes on: what
/// has changed since the checkpoint before that was stored.
///
/// State is a head, which is small and stored anew each time, and records by key. Of a record the
/// newest checkpoint's version counts. All calls come from one thread, not that of the replica;
/// each holds the replica up for about a millisecond at most.
///
///     byte[] head = checkpoint.head();
///     long[] ended = checkpoint.ended();
///     while (checkpoint.next(file::append)) {}
///     // sync
///     checkpoint.stored(keys, places, count);
public interface Checkpoint {

  /// What is stored as a whole.
  byte[] head();

  /// Keys of records that earlier checkpoints hold and that had ended by now. In no order.
  long[] ended();

  /// Gives some of the records that have changed, each once.
  ///
  /// @return whether there may be more
  boolean next(RecordSink sink);

  /// Whether a record that an earlier checkpoint has stored is in force at this checkpoint's index:
  /// neither ended nor among those that [#next] has given or will give. Such records may be stored
  /// again elsewhere, to free the room of those that are not in force.
  boolean isInForce(long key, long place);

  /// Everything is on disk, and this is where. To be called once for all of it, given records as
  /// well as those that were stored again. Nothing is read from their former places from then on.
  ///
  /// @param count how many of both arrays to look at
  void stored(long[] keys, long[] places, int count);

  /// Nothing was stored; the next checkpoint gives everything again.
  void failed();
}
