package io.skep.adapter.raft;

/// The internal API of this process: what members of the cluster say to each other.
///
/// On a broker it listens, for replication as well as for gossip. A gateway only calls others and
/// listens nowhere.
public interface InternalApi {

  /// Begins to listen and to take part in gossip. Must come before the first partition is opened.
  /// Does nothing if it has been started.
  ///
  /// @throws io.skep.port.out.LogException if the data directory is not this broker's
  /// @throws IllegalStateException if the port cannot be bound; the message names host, port and
  ///   configuration key
  void start();

  /// Has the opening of partitions fail if it waits for other brokers, so that a stop need not wait
  /// for it.
  default void abandonStart() {}

  /// Leaves the cluster and closes what is open. Partitions that are still open are closed as well.
  /// Does nothing if it is not running.
  void stop();

  /// The port that answers, 0 on a gateway and before the start.
  int port();
}
