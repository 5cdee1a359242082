package io.skep.port.out;

import io.skep.domain.engine.store.Archive;
import java.io.IOException;

/// What a log drives: the state machine of a partition. All calls but [#committed], [#notLeading]
/// and [#failed] come from one thread, or one after the other with everything of the former visible
/// to the latter.
public interface Replica {

  /// Applies an entry that is committed, or will be unless this replica fails or its process dies.
  /// Nobody may be told what came of it before [#committed]. Must not throw, wait or do I/O.
  ///
  /// @param index grows from call to call, not always by one
  /// @param content not to be written to
  /// @param own what was given to [PartitionLog#propose] if this member proposed the entry and has
  ///   led ever since; else `null`
  void apply(long index, byte[] content, PartitionLog.Proposal own);

  /// Entries up to this one are applied and committed: whoever waits for what came of them is told.
  /// Comes from one thread at a time, perhaps another than [#apply] and beside it.
  ///
  /// @param index no lower than the last
  void committed(long index);

  /// This member leads, and everything that earlier leaders committed has been applied.
  ///
  /// @param term grows with each election; there is no other leader in it
  void leading(long term);

  /// The lead is about to be handed over: commands wait instead of being proposed, until [#release]
  /// or [#notLeading]. Comes from any thread, as do the three that follow.
  void hold();

  /// The lead stays here after all: what waits is proposed.
  void release();

  /// Whether nothing that this member proposed is under way.
  boolean isDrained();

  /// Whether somebody waits here for more than the log: for a deployment to be distributed, or for
  /// the result of an instance. With the lead their answers would be lost.
  boolean isAwaited();

  /// This member no longer leads. Comes from any thread, perhaps more than once.
  void notLeading();

  /// The log cannot go on: a disk error, or a broken entry. What was applied and is not
  /// [#committed] may be lost. Comes from any thread; nothing follows.
  void failed(Throwable cause);

  /// Where to read what checkpoints are going to store. Comes before the first entry if there is
  /// nothing to be restored; otherwise [#restore] brings it.
  void use(Archive archive);

  /// Begins a checkpoint of the state as it is now, all of which is [#committed]. Takes no longer
  /// than an entry. There is one at a time: the next begins after [Checkpoint#stored] or
  /// [Checkpoint#failed] of this one.
  Checkpoint checkpoint();

  /// Whether so much has changed that a checkpoint should not wait for its time. From any thread.
  boolean wantsCheckpoint();

  /// Replaces the state by what checkpoints have stored. Whatever checkpoint was under way is void.
  ///
  /// @throws IOException if it cannot be read or is not the state of this partition; the message
  ///   says what is wrong
  void restore(StoredState stored) throws IOException;
}
