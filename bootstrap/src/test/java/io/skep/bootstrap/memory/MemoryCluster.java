package io.skep.bootstrap.memory;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;
import io.skep.domain.engine.Command;
import io.skep.port.in.PartitionCommands;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.LogCodec;
import io.skep.port.out.Membership;
import io.skep.port.out.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A cluster of one broker and any number of gateways in this process: everybody knows at once what
/// anybody says, and commands are handed over as objects.
final class MemoryCluster implements Membership {
  private final int partitionCount;
  private final Map<Integer, PartitionState> partitions = new TreeMap<>();
  private final List<Consumer<Topology>> listeners = new CopyOnWriteArrayList<>();
  private PartitionCommands broker;

  MemoryCluster(int partitionCount) {
    this.partitionCount = partitionCount;
  }

  void join(PartitionCommands commands) {
    broker = commands;
  }

  @Override
  public synchronized Topology topology() {
    if (partitions.isEmpty()) return Topology.unknown();
    var self = new Broker(0, new Address("memory", 1), "1.0.0", List.copyOf(partitions.values()));
    return new Topology(List.of(self), 1, partitionCount, 1);
  }

  @Override
  public void onChange(Consumer<Topology> listener) {
    listeners.add(listener);
  }

  @Override
  public void publish(PartitionState state) {
    synchronized (this) {
      partitions.put(state.partitionId(), state);
    }
    Topology now = topology();
    listeners.forEach(listener -> listener.accept(now));
  }

  @Override
  public void correct(int partitionId, int leader) {}

  /// A way to the broker, for one member.
  BrokerClient client(LogCodec codec) {
    return new MemoryClient(codec);
  }

  private final class MemoryClient implements BrokerClient {
    private final LogCodec codec;
    private JobsAvailable listener = (partitionId, type) -> {};

    /// The same for all commands: partitions tell one session once.
    private final JobsAvailable session =
        (partitionId, type) -> listener.jobsAvailable(partitionId, type);

    MemoryClient(LogCodec codec) {
      this.codec = codec;
    }

    @Override
    public Dispatch send(
        Broker to, int partitionId, Command command, long timeoutMs, Reply.Listener reply) {
      broker.submit(partitionId, command, codec.encode(command), session, reply);
      return Dispatch.GONE;
    }

    @Override
    public void onJobsAvailable(JobsAvailable news) {
      listener = news;
    }
  }
}
