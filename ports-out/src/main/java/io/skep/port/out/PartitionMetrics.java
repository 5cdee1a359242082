package io.skep.port.out;

/// What a partition reports of its work. Called on any thread; must be cheap.
public interface PartitionMetrics {

  /// What can keep a partition from doing anything else.
  enum Work {
    /// To apply an entry of the log: from when the log gave it until it could give the next, but
    /// for telling what came of it. What it waited for a checkpoint counts.
    ENTRY,
    /// To begin a checkpoint, between two entries.
    CHECKPOINT_BEGIN,
    /// To give something to a checkpoint, or take its news. Entries wait meanwhile.
    CHECKPOINT_STEP
  }

  /// A command arrived.
  void received(int partitionId);

  /// A command was refused for lack of room.
  void dropped(int partitionId);

  /// A command was run.
  ///
  /// @param latencyNanos from its arrival to its answer
  void answered(int partitionId, long latencyNanos);

  /// An entry was applied.
  ///
  /// @param commands how many it held
  /// @param records how many commands and events it made
  /// @param position of the last of them
  /// @param nanos how long it took
  void applied(int partitionId, int commands, int records, long position, long nanos);

  /// The partition could do nothing else for so long. Comes from any thread.
  void busy(int partitionId, Work work, long nanos);

  /// Something happened to a job, by the name of the record's intent in lower case.
  void job(int partitionId, String action, String type);

  /// Something happened to an element, by the name of the record's intent in lower case.
  void element(int partitionId, String action, String type);

  /// Something happened to an instance of a process, by the name of the record's intent in lower
  /// case.
  void instance(int partitionId, String action);

  /// A client's request made an instance of a process. Those that a message, a signal or a timer
  /// starts do not count.
  void created(int partitionId);

  /// An incident was created or resolved.
  void incident(int partitionId, String action);

  /// @param inFlight commands that have arrived and are not answered
  /// @param limit how many there may be
  void inFlight(int partitionId, int inFlight, int limit);

  /// Jobs were pushed to a gateway.
  void pushed(int partitionId, int jobs);

  /// @param streams that gateways hold open for jobs of this partition
  void openJobStreams(int partitionId, int streams);

  /// @param role 0 inactive, 1 follower, 3 leader
  void role(int partitionId, int role);
}
