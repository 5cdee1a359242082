package io.skep.adapter.raft;

import io.skep.adapter.raft.disk.Disk;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.port.in.DiskRoom;
import io.skep.port.out.LogException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;

/// A broker's internal API: Ratis' server with its port, which gossip shares.
@Singleton
final class BrokerInternalApi implements InternalApi {
  private final InternalApiSettings settings;
  private final ClusterMembership membership;
  private final PeerAddresses addresses;
  private final DiskRoom disk;
  private final Promises promises;
  private RunningApi running;
  private boolean abandoned;

  @Inject
  BrokerInternalApi(
      InternalApiSettings settings,
      ClusterMembership membership,
      PeerAddresses addresses,
      DiskRoom disk) {
    this(settings, membership, addresses, disk, new Promises(Disk.REAL::syncDirectory));
  }

  BrokerInternalApi(
      InternalApiSettings settings,
      ClusterMembership membership,
      PeerAddresses addresses,
      DiskRoom disk,
      Promises promises) {
    this.settings = settings;
    this.membership = membership;
    this.addresses = addresses;
    this.disk = disk;
    this.promises = promises;
  }

  @Override
  public synchronized void start() {
    if (running != null) return;
    Path directory = settings.dataDirectory().resolve("raft");
    var marker = BrokerMarker.claim(directory, settings);
    var admission = new Admission(settings, marker, membership);
    try {
      PeerNames.add(settings.clusterName(), addresses);
      var book = new AddressBook(directory);
      membership.recall(book.read());
      admission.begin();
      membership.onChange(() -> book.write(membership.internalApis()));
      var gossip =
          new GossipNode(
              settings.clusterName(), contactPoints(), settings.credentials(), membership);
      var doorkeeper = new Doorkeeper(gossip.links(), new ReplicationGate(disk), promises);
      var server =
          new RatisServer(settings, BrokerMarker.partitionsIn(directory), doorkeeper, promises);
      running = new RunningApi(marker, admission, server, gossip, new Housekeeping());
    } catch (IOException e) {
      throw new LogException(
          "Expected to start the internal API on '%s', but: %s. Check the data directory's disk and permissions"
              .formatted(directory, e),
          e);
    } finally {
      if (running == null) {
        PeerNames.remove(settings.clusterName(), addresses);
        marker.close();
      }
    }
    if (abandoned) running.admission().abandon();
    RunningApi api = running;
    membership.onVanished(nodeId -> vanished(nodeId, api));
    join();
  }

  /// Those that are configured, and where brokers were last seen.
  private List<Address> contactPoints() {
    var all = new LinkedHashSet<>(settings.contactPoints());
    all.addAll(membership.internalApis().values());
    return List.copyOf(all);
  }

  private void vanished(int nodeId, RunningApi api) {
    var present =
        membership.topology().brokers().stream()
            .map(Broker::nodeId)
            .filter(other -> other != nodeId)
            .toList();
    api.logs().forEach(log -> log.vanished(nodeId, present));
  }

  private void join() {
    Address advertised = settings.advertised();
    if (advertised.port() == 0)
      advertised = new Address(advertised.host(), running.server().port());
    byte[] profile = membership.publishTo(running.gossip()::publish);
    running.gossip().start(GossipNode.brokerId(settings.nodeId()), advertised, profile);
  }

  @Override
  public synchronized void stop() {
    if (running == null) return;
    running.close();
    running = null;
    PeerNames.remove(settings.clusterName(), addresses);
  }

  @Override
  public synchronized void abandonStart() {
    abandoned = true;
    if (running != null) running.admission().abandon();
  }

  @Override
  public synchronized int port() {
    return running == null ? 0 : running.server().port();
  }

  /// @throws IllegalStateException if it is not running
  synchronized RunningApi running() {
    if (running == null) {
      throw new IllegalStateException(
          "Expected the internal API to run before a partition is opened, but it does not");
    }
    return running;
  }
}
