package io.skep.adapter.sbe;

import dagger.Lazy;
import io.netty.channel.EventLoopGroup;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.skep.adapter.sbe.codec.CommandCodec;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Command;
import io.skep.port.in.PartitionCommands;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends commands to brokers: one connection for each, made when it is first needed. Needs no
/// start. The broker in this process gets its commands without a socket.
@Singleton
public final class CommandApiClient implements BrokerClient {
  static final String STOPPED = "Expected a client that is in use, but it has been stopped";

  private static final Logger LOG = LoggerFactory.getLogger(CommandApiClient.class);

  /// How late a time-out may be, in milliseconds. Nobody looks at a finer clock than this.
  private static final long TICK_MS = 50;

  private final CommandApiSettings settings;
  private final Optional<Lazy<PartitionCommands>> local;
  private final MutualTls tls;
  private final Map<Address, BrokerConnection> connections = new ConcurrentHashMap<>();
  private final EventLoopGroup loops = EventLoops.start("command-api-client");
  private final HashedWheelTimer timer =
      new HashedWheelTimer(
          new DefaultThreadFactory("command-api-timeouts", true), TICK_MS, TimeUnit.MILLISECONDS);
  private volatile JobsAvailable jobsAvailable = (_, _) -> {};
  private volatile boolean stopped;

  /// What the local broker knows this client by.
  private final JobsAvailable session =
      new JobsAvailable() {
        @Override
        public void jobsAvailable(int partitionId, String type) {
          jobsAvailable.jobsAvailable(partitionId, type);
        }

        @Override
        public void newsLost(int nodeId) {
          jobsAvailable.newsLost(nodeId);
        }
      };

  @Inject
  CommandApiClient(CommandApiSettings settings, Optional<Lazy<PartitionCommands>> local) {
    this.settings = settings;
    this.local = local;
    this.tls = MutualTls.ofClient(settings);
  }

  /// {@inheritDoc}
  ///
  /// @throws IllegalArgumentException if it is a command that never leaves its turn
  @Override
  public Dispatch send(
      Broker broker, int partitionId, Command command, long timeoutMs, Reply.Listener listener) {
    byte[] bytes = CommandCodec.encode(command);
    var request = new PendingRequest(broker.nodeId(), partitionId, bytes, timeoutMs, listener);
    int maxBytes = settings.maxFrameBytes() - FrameWriter.REQUEST_BYTES;
    if (bytes.length > maxBytes) {
      request.refuse(
          Reason.MALFORMED,
          "Expected a command of at most %d bytes, but it has %d"
              .formatted(maxBytes, bytes.length));
    } else if (startTimeout(request)) {
      if (isLocal(broker)) submit(command, request);
      else connection(broker.commandApi()).send(request);
    }
    return request;
  }

  @Override
  public void prepare(Broker broker) {
    if (!stopped && !isLocal(broker)) connection(broker.commandApi()).prepare();
  }

  private boolean startTimeout(PendingRequest request) {
    if (!stopped) {
      try {
        request.startTimeout(timer);
        return true;
      } catch (IllegalStateException e) {
        // Stopped since the first look.
      }
    }
    request.refuse(Reason.UNREACHABLE, STOPPED);
    return false;
  }

  private boolean isLocal(Broker broker) {
    return broker.nodeId() == settings.localNodeId() && local.isPresent();
  }

  private void submit(Command command, PendingRequest request) {
    request.depart();
    try {
      local.get().get().submit(request.partitionId(), command, request.command(), session, request);
    } catch (RuntimeException e) {
      LOG.error("Could not submit {} to partition {}", command, request.partitionId(), e);
      request.refuse(
          Reason.INTERNAL, "Expected the command to be taken, but there was a fault: " + e);
    }
  }

  private BrokerConnection connection(Address address) {
    var connection = connections.get(address);
    return connection != null ? connection : connections.computeIfAbsent(address, this::connectTo);
  }

  private BrokerConnection connectTo(Address address) {
    return new BrokerConnection(settings, tls, address, loops.next(), session);
  }

  @Override
  public void onJobsAvailable(JobsAvailable listener) {
    jobsAvailable = listener;
  }

  /// Closes all connections; what is on its way ends as interrupted, and what comes later as
  /// unreachable.
  public void stop() {
    if (stopped) return;
    stopped = true;
    connections.values().forEach(BrokerConnection::stop);
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    for (Timeout left : timer.stop()) {
      if (left.task() instanceof PendingRequest request) {
        request.refuse(Reason.INTERRUPTED, "Expected an answer, but the client was stopped");
      }
    }
  }
}
