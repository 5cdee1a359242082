package io.skep.simulation;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.BrokerProfile;
import io.skep.domain.cluster.ClusterView;
import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;
import io.skep.domain.cluster.gossip.Envelope;
import io.skep.domain.cluster.gossip.Gossip;
import io.skep.domain.cluster.gossip.GossipOutput;
import io.skep.domain.cluster.gossip.GossipSettings;
import io.skep.domain.cluster.gossip.MemberStatus;
import io.skep.port.out.Membership;
import io.skep.port.out.Scheduler.Cancellable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;

/// A process as a member of the cluster: gossip, and what it makes of it.
final class Member implements Membership {
  private static final String CLUSTER = "cluster";

  final String id;
  final Address address;
  private final Machine machine;
  private final Sender sender;
  private final Profiles profiles;
  private final Set<Bug> bugs;
  private final Gossip gossip;
  private final long firstIncarnation;
  private long publications;
  private final ClusterView view = new ClusterView();
  private final Map<String, BrokerProfile> others = new HashMap<>();
  private final List<Consumer<Topology>> listeners = new ArrayList<>();

  /// Members that this process has a connection of its own to.
  final Set<String> opened = new TreeSet<>();

  private BrokerProfile self;
  private Topology topology = Topology.unknown();
  private Cancellable alarm;

  /// What a gateway that cannot learn holds on to.
  private boolean settled;

  /// Brings a message to where it should go.
  interface Sender {
    void send(Member from, GossipOutput.Destination to, Envelope envelope);
  }

  /// What members say of themselves as bytes, under which it can be found again.
  static final class Profiles {
    private final List<BrokerProfile> all = new ArrayList<>();

    byte[] encode(BrokerProfile profile) {
      if (profile == null) return new byte[0];
      all.add(profile);
      return ByteBuffer.allocate(Integer.BYTES).putInt(all.size() - 1).array();
    }

    BrokerProfile decode(byte[] bytes) {
      return bytes.length == 0 ? null : all.get(ByteBuffer.wrap(bytes).getInt());
    }
  }

  /// @param address `null` for a gateway
  /// @param self what a broker says of itself, `null` for a gateway
  Member(
      String id,
      Address address,
      BrokerProfile self,
      List<Address> contactPoints,
      Machine machine,
      SplittableRandom random,
      Profiles profiles,
      Sender sender,
      Set<Bug> bugs) {
    this.id = id;
    this.address = address;
    this.self = self;
    this.machine = machine;
    this.profiles = profiles;
    this.sender = sender;
    this.bugs = bugs;
    this.firstIncarnation = machine.nowMs();
    var record =
        new io.skep.domain.cluster.gossip.Member(
            id, address, firstIncarnation, MemberStatus.ALIVE, profiles.encode(self));
    gossip =
        new Gossip(CLUSTER, record, contactPoints, GossipSettings.DEFAULT, random, monotonicMs());
    refresh();
    alarm = machine.schedule(0, () -> handle(gossip.tick(monotonicMs())));
  }

  private long monotonicMs() {
    return machine.nanoTime() / 1_000_000;
  }

  void receive(Envelope envelope) {
    handle(gossip.receive(monotonicMs(), envelope));
  }

  private void handle(List<GossipOutput> outputs) {
    for (GossipOutput output : outputs) {
      switch (output) {
        case GossipOutput.Send(var to, Envelope envelope) ->
            sender.send(
                this, to, bugs.contains(Bug.INCARNATION_NOT_RAISED) ? meek(envelope) : envelope);
        case GossipOutput.Changed(var member) -> changed(member);
        // It was restarted while its clock was behind: it outbids its former self.
        case GossipOutput.IdTaken _ -> {}
        // Nobody tells of broken connections here.
        case GossipOutput.Vanished _ -> {}
      }
    }
    refresh();
    armTick();
  }

  private void armTick() {
    alarm.cancel();
    long atMs = Math.min(gossip.nextTickAtMs(), view.nextChangeAtMs());
    long inMs = Math.max(1, atMs - monotonicMs());
    alarm = machine.schedule(inMs, () -> handle(gossip.tick(monotonicMs())));
  }

  /// Raises its incarnation with what it has to say of itself, but not to contradict others.
  private Envelope meek(Envelope envelope) {
    var news =
        envelope.news().stream()
            .map(
                each ->
                    each.id().equals(id)
                        ? new io.skep.domain.cluster.gossip.Member(
                            id,
                            each.address(),
                            Math.min(each.incarnation(), firstIncarnation + publications),
                            each.status(),
                            each.profile())
                        : each)
            .toList();
    return new Envelope(
        envelope.cluster(), envelope.from(), envelope.fromAddress(), news, envelope.message());
  }

  private void changed(io.skep.domain.cluster.gossip.Member member) {
    BrokerProfile profile = member.status().isPresent() ? profiles.decode(member.profile()) : null;
    if (profile == null) others.remove(member.id());
    else others.put(member.id(), profile);
  }

  private void refresh() {
    var present = new ArrayList<>(others.values());
    if (self != null) {
      present.removeIf(other -> other.nodeId() == self.nodeId());
      present.add(self);
    }
    view.report(present);
    Topology changed = view.topology(monotonicMs());
    checkLeaders(changed);
    if (changed.equals(topology) || settled) return;
    topology = changed;
    settled = bugs.contains(Bug.STALE_ROUTING) && self == null && isComplete(changed);
    for (var listener : List.copyOf(listeners)) listener.accept(topology);
  }

  private static void checkLeaders(Topology topology) {
    var led = new TreeSet<Integer>();
    for (var broker : topology.brokers()) {
      for (PartitionState state : broker.partitions()) {
        if (state.role() == PartitionRole.LEADER && !led.add(state.partitionId()))
          throw new AssertionError("two leaders of partition " + state.partitionId());
      }
    }
  }

  private static boolean isComplete(Topology topology) {
    for (int p = 1; p <= topology.partitionCount(); p++) {
      if (topology.leaderOf(p) == null) return false;
    }
    return topology.partitionCount() > 0;
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
    self = self.with(state);
    publications++;
    handle(gossip.publish(monotonicMs(), profiles.encode(self)));
  }

  @Override
  public void correct(int partitionId, int leader) {
    view.correct(partitionId, leader, monotonicMs());
    refresh();
    armTick();
  }

  /// What it says of itself, `null` for a gateway.
  BrokerProfile self() {
    return self;
  }

  /// What it takes brokers to say of themselves, by the ids of members.
  Map<String, BrokerProfile> known() {
    return others;
  }

  /// All members that it takes for present.
  Set<String> present() {
    var ids = new TreeSet<String>();
    for (var each : gossip.others()) if (each.status().isPresent()) ids.add(each.id());
    return ids;
  }
}
