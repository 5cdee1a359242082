package io.skep.adapter.raft;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;
import io.skep.port.out.Membership;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A broker's view of the cluster: itself.
@Singleton
final class BrokerMembership implements Membership, PeerAddresses {
  private final List<Consumer<Topology>> listeners = new CopyOnWriteArrayList<>();
  private volatile Topology topology;

  @Inject
  BrokerMembership(InternalApiSettings settings) {
    topology =
        new Topology(
            List.of(new Broker(settings.nodeId(), settings.commandApi(), settings.version(), List.of())),
            settings.clusterSize(),
            settings.partitionCount(),
            settings.replicationFactor());
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public void onChange(Consumer<Topology> listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized void publish(PartitionState state) {
    Topology old = topology;
    Broker self = old.brokers().getFirst();
    var partitions = new ArrayList<>(self.partitions());
    partitions.removeIf(partition -> partition.partitionId() == state.partitionId());
    partitions.add(state);
    partitions.sort(Comparator.comparingInt(PartitionState::partitionId));
    var broker = new Broker(self.nodeId(), self.commandApi(), self.version(), List.copyOf(partitions));
    topology = new Topology(List.of(broker), old.clusterSize(), old.partitionCount(), old.replicationFactor());
    listeners.forEach(listener -> listener.accept(topology));
  }

  @Override
  public Optional<Address> of(int nodeId) {
    return Optional.empty();
  }

  @Override
  public void onChange(Runnable listener) {}

  @Override
  public void correct(int partitionId, int leader) {
    // Nobody else is known: there is nothing to correct.
  }
}
