package io.skep.domain.engine;

import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.Aggregates.RecordSink;

/// An engine's state as it was between two turns, given piece by piece while the engine goes on:
/// what has changed since the checkpoint before. There is one at a time for an engine; everything
/// is called between two turns, but for what is said to be fit for another thread: there the engine
/// may go on meanwhile.
public final class EngineCheckpoint {
  private final Aggregates aggregates;
  private final StateHead head;

  /// Begins one.
  EngineCheckpoint(State state, long position, long nowMs) {
    aggregates = state.aggregates();
    head = StateHead.of(state, position, nowMs);
    aggregates.beginCheckpoint();
  }

  /// Everything that is no aggregate. Once; fit for another thread.
  public byte[] head() {
    return head.toBytes();
  }

  /// Keys of aggregates that earlier checkpoints hold and that had ended. Fit for another thread.
  public long[] ended() {
    return aggregates.endedBeforeCheckpoint();
  }

  /// Gives an aggregate that has changed.
  ///
  /// @return whether there was one
  public boolean give(RecordSink sink) {
    return aggregates.give(sink);
  }

  /// Whether what an earlier checkpoint has stored counts for this one.
  public boolean isInForce(long key, long place) {
    return aggregates.isInForce(key, place);
  }

  /// An aggregate is stored, for the first time or again. Everything that was given has to be
  /// before [#end].
  public void stored(long key, long place) {
    aggregates.stored(key, place);
  }

  /// All is stored and told.
  public void end() {
    aggregates.checkpointEnds();
  }

  /// Has an aggregate leave memory that is not in use. To be called after [#end], until there is
  /// none.
  ///
  /// @param limit how many aggregates may be in memory
  /// @return whether there was one
  public boolean leaveOne(int limit) {
    return aggregates.leaveOne(limit);
  }

  /// Nothing was stored; the next checkpoint gives everything again.
  public void failed() {
    aggregates.checkpointFailed();
  }
}
