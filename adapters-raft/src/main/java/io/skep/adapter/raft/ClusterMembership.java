package io.skep.adapter.raft;

import io.skep.adapter.raft.Frame.MalformedException;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.BrokerProfile;
import io.skep.domain.cluster.ClusterView;
import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;
import io.skep.domain.cluster.gossip.Member;
import io.skep.domain.cluster.gossip.MemberStatus;
import io.skep.port.out.Membership;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is in the cluster and who leads what, as gossip brings it. A broker knows of itself before
/// anything comes.
final class ClusterMembership implements Membership, PeerAddresses {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterMembership.class);

  private final ClusterView view = new ClusterView();
  private final Map<String, BrokerProfile> others = new HashMap<>();
  private final Map<String, DataClaim> claims = new HashMap<>();
  private final Map<Integer, Address> internalApis = new ConcurrentHashMap<>();
  private final List<Consumer<Topology>> listeners = new CopyOnWriteArrayList<>();
  private final List<IntConsumer> vanishListeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> addressListeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger untold = new AtomicInteger();
  private final AtomicBoolean telling = new AtomicBoolean();

  /// `null` on a gateway.
  private BrokerProfile self;

  /// `null` on a gateway and before the start.
  private DataClaim claim;

  private Consumer<byte[]> publisher = _ -> {};
  private volatile Runnable claimListener = () -> {};
  private volatile Topology topology = Topology.unknown();

  /// @param self what a broker says of itself, or `null` on a gateway
  ClusterMembership(BrokerProfile self) {
    this.self = self;
    refresh();
  }

  static BrokerProfile profile(InternalApiSettings settings) {
    return new BrokerProfile(
        settings.nodeId(),
        settings.commandApi(),
        settings.version(),
        settings.clusterSize(),
        settings.partitionCount(),
        settings.replicationFactor(),
        List.of());
  }

  /// Has changes of what this broker says of itself told to others, beginning with what it says
  /// now.
  ///
  /// @return what it says now
  synchronized byte[] publishTo(Consumer<byte[]> consumer) {
    publisher = consumer;
    return word();
  }

  private byte[] word() {
    return claim == null ? ProfileCodec.encode(self) : ProfileCodec.encode(self, claim);
  }

  /// Changes what this broker says of data directories.
  synchronized void claim(DataClaim changed) {
    claim = changed;
    publisher.accept(word());
  }

  /// What this broker says of data directories, `null` if nothing.
  synchronized DataClaim claim() {
    return claim;
  }

  /// What the other brokers that are alive say of data directories, by node id.
  synchronized Map<Integer, DataClaim> claims() {
    var byNode = new TreeMap<Integer, DataClaim>();
    claims.forEach((id, said) -> byNode.put(others.get(id).nodeId(), said));
    if (self != null) byNode.remove(self.nodeId());
    return byNode;
  }

  /// Has it told that [#claims] may have changed, on the thread that brings news.
  void onClaim(Runnable listener) {
    claimListener = listener;
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
  public void publish(PartitionState state) {
    synchronized (this) {
      if (self == null) {
        throw new IllegalStateException(
            "Expected a broker to publish %s, but this is a gateway".formatted(state));
      }
      self = self.with(state);
      publisher.accept(word());
      refresh();
    }
    tell();
  }

  @Override
  public void correct(int partitionId, int leader) {
    synchronized (this) {
      view.correct(partitionId, leader, nowMs());
      refresh();
    }
    tell();
  }

  private static long nowMs() {
    return System.nanoTime() / 1_000_000;
  }

  /// Takes what gossip says of another member.
  void changed(Member member) {
    boolean moved;
    boolean claimed;
    synchronized (this) {
      BrokerProfile profile = member.status().isPresent() ? profileOf(member) : null;
      if (profile == null) others.remove(member.id());
      else warnOfDifference(others.put(member.id(), profile), profile);
      DataClaim said = profile == null ? null : claimOf(member);
      DataClaim before = said == null ? claims.remove(member.id()) : claims.put(member.id(), said);
      claimed = !Objects.equals(before, said);
      // The address of somebody who is gone is kept: Ratis may find out earlier that it is back.
      moved =
          profile != null
              && !member.address().equals(internalApis.put(profile.nodeId(), member.address()));
      refresh();
    }
    if (moved) addressListeners.forEach(Runnable::run);
    if (claimed) claimListener.run();
    tell();
  }

  /// @return `null` if it says nothing, or may be dead
  private static DataClaim claimOf(Member member) {
    if (member.status() != MemberStatus.ALIVE) return null;
    try {
      return ProfileCodec.claim(member.profile());
    } catch (MalformedException e) {
      LOG.warn(
          "Expected to understand what member '{}' says of its data, but: {}",
          member.id(),
          e.getMessage());
      return null;
    }
  }

  /// Takes that a member's process has ended, as far as can be told.
  void vanished(Member member) {
    BrokerProfile broker;
    synchronized (this) {
      broker = others.get(member.id());
    }
    if (broker != null) vanishListeners.forEach(each -> each.accept(broker.nodeId()));
  }

  /// Has it told when a broker's process has ended, as far as can be told; long before the topology
  /// does without it.
  ///
  /// @param listener takes node ids; must not block
  void onVanished(IntConsumer listener) {
    vanishListeners.add(listener);
  }

  /// Brokers that have been told different things of the cluster disagree on where keys belong.
  private void warnOfDifference(BrokerProfile before, BrokerProfile other) {
    if (self == null || before != null || self.hasSameClusterAs(other)) return;
    LOG.error(
        "Expected all brokers to have the same clusterSize, partitionsCount and replicationFactor,"
            + " but broker {} has {}, {} and {}, and this one {}, {} and {}. Correct the one that is"
            + " wrong before it does harm",
        other.nodeId(),
        other.clusterSize(),
        other.partitionCount(),
        other.replicationFactor(),
        self.clusterSize(),
        self.partitionCount(),
        self.replicationFactor());
  }

  private static BrokerProfile profileOf(Member member) {
    if (member.address() == null) return null;
    try {
      return ProfileCodec.decode(member.profile());
    } catch (MalformedException e) {
      LOG.warn(
          "Expected to understand what member '{}' says of itself, but: {}",
          member.id(),
          e.getMessage());
      return null;
    }
  }

  /// Takes addresses that were known before, for as long as gossip brings none.
  void recall(Map<Integer, Address> addresses) {
    addresses.forEach(internalApis::putIfAbsent);
  }

  /// Where brokers were last seen.
  Map<Integer, Address> internalApis() {
    return Map.copyOf(internalApis);
  }

  /// To be called now and then: some things become true by the passing of time.
  void tick() {
    synchronized (this) {
      if (nowMs() < view.nextChangeAtMs()) return;
      refresh();
    }
    tell();
  }

  private void refresh() {
    var present = new ArrayList<>(others.values());
    if (self != null) {
      present.removeIf(other -> other.nodeId() == self.nodeId());
      present.add(self);
    }
    view.report(present);
    Topology changed = view.topology(nowMs());
    if (changed.equals(topology)) return;
    topology = changed;
    untold.incrementAndGet();
  }

  /// Tells listeners of the newest topology, not under the lock and one call at a time. Whoever
  /// comes while another tells leaves it to that one.
  private void tell() {
    for (int seen = untold.get();
        seen > 0 && telling.compareAndSet(false, true);
        seen = untold.get()) {
      try {
        Topology newest = topology;
        for (var listener : listeners) listener.accept(newest);
        untold.addAndGet(-seen);
      } finally {
        telling.set(false);
      }
    }
  }

  @Override
  public Optional<Address> of(int nodeId) {
    return Optional.ofNullable(internalApis.get(nodeId));
  }

  @Override
  public Runnable onChange(Runnable listener) {
    addressListeners.add(listener);
    return () -> addressListeners.remove(listener);
  }
}
