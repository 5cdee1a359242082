package io.skep.port.in;

import io.skep.domain.engine.Command;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.Reply;

/// Takes commands for the partitions that this broker leads.
public interface PartitionCommands {

  /// Has a command replicated and run. Neither blocks nor waits. Calls the listener once: with the
  /// answer after the command was committed and run, or with a refusal.
  ///
  /// @param encoded the same command as bytes, as it came off the wire; not to be written to
  /// @param session who is told once when jobs turn up after an ActivateJobs that found none; the
  ///   same object for the same gateway
  void submit(
      int partitionId,
      Command command,
      byte[] encoded,
      JobsAvailable session,
      Reply.Listener listener);

  /// A gateway has gone: forget what it waits for.
  void sessionClosed(JobsAvailable session);
}
