package io.skep.port.out;

import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Command;

/// Sends commands to brokers: over the command API, or straight if the broker runs in this process.
public interface BrokerClient {

  /// Sends a command to one partition on one broker. Calls the listener once.
  ///
  /// @param timeoutMs after which the listener gets [Reply.Reason#TIMEOUT], 1 or more
  Dispatch send(
      Broker broker, int partitionId, Command command, long timeoutMs, Reply.Listener listener);

  /// Has the way to a broker ready before there is anything to send.
  default void prepare(Broker broker) {}

  /// A command on its way.
  @FunctionalInterface
  interface Dispatch {
    /// The one that has no use of being given up: it was sent at once, or has ended.
    Dispatch GONE = () -> false;

    /// Nobody waits for the reply any more: if it has not come it never will.
    ///
    /// @return whether nothing had been sent, nor will be: then it is certainly not run
    boolean abandon();
  }

  /// Who is told that a partition has jobs again. After an answer to ActivateJobs without jobs, the
  /// broker tells the asker once as soon as there are jobs of that type. There is one listener; set
  /// it before the first command.
  void onJobsAvailable(JobsAvailable listener);

  /// Takes such news. Called on any thread; must not block.
  @FunctionalInterface
  interface JobsAvailable {
    void jobsAvailable(int partitionId, String type);

    /// The connection to a broker was lost, and what it was still to tell will not come.
    ///
    /// @param nodeId of the broker
    default void newsLost(int nodeId) {}
  }
}
