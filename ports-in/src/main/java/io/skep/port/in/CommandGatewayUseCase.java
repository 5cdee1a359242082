package io.skep.port.in;

import io.skep.domain.cluster.Destination;
import io.skep.domain.engine.Command;
import io.skep.port.out.Clock;
import io.skep.port.out.Membership;
import io.skep.port.out.Reply;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

@Singleton
final class CommandGatewayUseCase implements CommandGateway {
  private final LeaderCalls leaders;
  private final Membership membership;
  private final TopologyWatch watch;
  private final Clock clock;
  private final GatewaySettings settings;

  /// Shared by all clients of this gateway, so that their instances spread evenly together.
  private final AtomicLong turn = new AtomicLong();

  @Inject
  CommandGatewayUseCase(
      LeaderCalls leaders,
      Membership membership,
      TopologyWatch watch,
      Clock clock,
      GatewaySettings settings) {
    this.leaders = leaders;
    this.membership = membership;
    this.watch = watch;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public void send(Command command, long timeoutMs, Reply.Listener listener) {
    long ms = timeoutMs > 0 ? timeoutMs : settings.requestTimeout().toMillis();
    var choice =
        switch (Destination.of(command)) {
          case Destination.Fixed(int partitionId) -> new PartitionChoice.Only(partitionId);
          case Destination.OfCorrelationKey(String key) ->
              new PartitionChoice.OfCorrelationKey(key);
          case Destination.Any _ -> new PartitionChoice.InTurn(turn.getAndIncrement());
        };
    new CommandDelivery(leaders, membership, watch, clock, command, choice, ms, listener).attempt();
  }
}
