package io.skep.adapter.sbe;

import io.skep.port.in.PartitionCommands;
import io.skep.port.out.LogCodec;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Takes commands from gateways and other brokers.
@Singleton
public final class CommandApiServer {

  @Inject
  CommandApiServer(CommandApiSettings settings, LogCodec codec, PartitionCommands partitions) {}

  /// Opens the port. Does nothing if it is open.
  ///
  /// @throws IllegalStateException if it cannot be opened; the message says what to change
  public void start() {
    throw new UnsupportedOperationException("under construction");
  }

  /// Takes no more commands, waits a while for the replies to those it has taken, and closes. Does
  /// nothing if it is closed.
  public void stop() {
    throw new UnsupportedOperationException("under construction");
  }

  /// The port it listens on.
  ///
  /// @throws IllegalStateException if it does not listen
  public int port() {
    throw new UnsupportedOperationException("under construction");
  }
}
