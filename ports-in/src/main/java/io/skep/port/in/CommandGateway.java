package io.skep.port.in;

import io.skep.domain.engine.Command;
import io.skep.port.out.Reply;

/// Takes clients' commands to the partition that is responsible.
public interface CommandGateway {

  /// Sends a command on its way. Calls the listener once, on any thread.
  ///
  /// While the time lasts it finds the leader again if the lead changes, and sends again what was
  /// certainly not run.
  ///
  /// @param timeoutMs after which the listener gets [Reply.Reason#TIMEOUT]; 0 and less for the
  ///   configured one
  void send(Command command, long timeoutMs, Reply.Listener listener);
}
