package io.skep.port.out;

/// The replicated log of one partition, as seen by the broker's replica of it.
public interface PartitionLog extends AutoCloseable {

  /// Proposes an entry for replication. Neither blocks nor waits. Ends in one of two ways:
  /// [Replica#apply] is called with this proposal, and [Replica#committed] once a quorum holds the
  /// entry; or [Proposal#failed] is called.
  ///
  /// @param content not to be written to afterwards; at most [#maxEntryBytes]
  void propose(byte[] content, Proposal proposal);

  /// How large an entry may be, in bytes.
  int maxEntryBytes();

  /// The node id of the leader, or -1 if this member knows none.
  int leader();

  /// How far replication is, for monitoring.
  Progress progress();

  /// If this member leads though another one should rather, and that one has caught up, hands it
  /// the lead soon. Does not wait for it. A log with one member has nothing to do.
  default void rebalance() {}

  /// Hands the lead to another member if there is one that can take it, and stops taking part. What
  /// was proposed and has not been committed fails.
  @Override
  void close();

  /// An entry on its way.
  interface Proposal {

    /// The entry was not committed under this member's lead. It may or may not be committed by the
    /// next leader, unless the reason is [Failure#REFUSED].
    void failed(Failure failure);
  }

  /// Why a proposal came to nothing.
  enum Failure {
    /// This member did not lead when it was proposed. Certainly not in the log.
    REFUSED,
    /// This member lost its lead. Nobody knows.
    LEAD_LOST,
    /// More is in flight than the log takes. Certainly not in the log.
    OVERLOADED
  }

  /// @param term the number of the election
  /// @param committedIndex highest index held by a quorum, as far as known
  /// @param appliedIndex highest index given to [Replica#apply]
  /// @param snapshotIndex index of the newest snapshot, -1 if there is none
  /// @param healthy whether the log is writable and has a leader
  record Progress(
      long term, long committedIndex, long appliedIndex, long snapshotIndex, boolean healthy) {}
}
