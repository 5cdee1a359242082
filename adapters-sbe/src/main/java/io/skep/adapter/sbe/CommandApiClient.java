package io.skep.adapter.sbe;

import dagger.Lazy;
import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Command;
import io.skep.port.in.PartitionCommands;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.LogCodec;
import io.skep.port.out.Reply;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Sends commands to brokers: one connection for each, made when it is first needed. Needs no
/// start.
@Singleton
public final class CommandApiClient implements BrokerClient {

  @Inject
  CommandApiClient(
      CommandApiSettings settings, LogCodec codec, Optional<Lazy<PartitionCommands>> local) {}

  @Override
  public void send(
      Broker broker, int partitionId, Command command, long timeoutMs, Reply.Listener listener) {
    throw new UnsupportedOperationException("under construction");
  }

  @Override
  public void onJobsAvailable(JobsAvailable listener) {
    throw new UnsupportedOperationException("under construction");
  }

  /// Closes all connections; what is on its way ends as interrupted, and what comes later as
  /// unreachable.
  public void stop() {
    throw new UnsupportedOperationException("under construction");
  }
}
