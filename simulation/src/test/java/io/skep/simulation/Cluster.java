package io.skep.simulation;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.BrokerProfile;
import io.skep.domain.cluster.PartitionDistribution;
import io.skep.domain.cluster.gossip.Envelope;
import io.skep.domain.cluster.gossip.GossipOutput.Destination;
import io.skep.domain.cluster.gossip.GossipOutput.Destination.ToAddress;
import io.skep.domain.cluster.gossip.GossipOutput.Destination.ToMember;
import io.skep.port.in.GatewaySettings;
import io.skep.port.in.GatewaySettings.LongPolling;
import io.skep.port.in.LimitSettings;
import io.skep.port.in.PartitionSettings;
import io.skep.simulation.Tally.What;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// All processes, the network between them and the disks under them.
final class Cluster {
  static final int GATEWAYS = 2;

  /// Probing is so rare that it hides nothing.
  static final GatewaySettings GATEWAY =
      new GatewaySettings(
          Duration.ofSeconds(6),
          new LongPolling(true, Duration.ofSeconds(4), Duration.ofHours(1), 1));

  private final int brokerCount;
  private final int partitionCount;
  private final Set<Bug> bugs;
  private final SplittableRandom random;
  private final Tally tally = new Tally();
  private final Timeline timeline = new Timeline();
  private final Network network;
  private final ObjectCodec codec = new ObjectCodec();
  private final Models models = new Models();
  private final Member.Profiles profiles = new Member.Profiles();
  private final History history;
  private final Map<String, Disk> disks = new TreeMap<>();
  private final Set<Integer> fullDisks = new TreeSet<>();
  private final Map<Integer, BrokerProcess> brokers = new TreeMap<>();
  private final Map<Integer, GatewayProcess> gateways = new TreeMap<>();
  private final List<Address> contactPoints;
  private final Set<Integer> started = new TreeSet<>();
  private int moved;

  Cluster(int brokerCount, int partitionCount, SplittableRandom random, Set<Bug> bugs) {
    this.brokerCount = brokerCount;
    this.contactPoints =
        IntStream.range(0, brokerCount).mapToObj(node -> addressOf(node, 0)).toList();
    this.partitionCount = partitionCount;
    this.random = random;
    this.bugs = bugs;
    this.network = new Network(timeline, random.split());
    this.history = new History(partitionCount, models, tally);
    for (int node = 0; node < brokerCount; node++) startBroker(node);
    for (int number = 0; number < GATEWAYS; number++) startGateway(number);
  }

  /// The first broker stays where everybody looks for it; others may come back elsewhere.
  private static Address addressOf(int nodeId, int moves) {
    return new Address("broker-" + nodeId, 26502 + moves);
  }

  private Address nextAddressOf(int nodeId) {
    boolean moves = nodeId > 0 && started.contains(nodeId) && random.nextInt(3) == 0;
    started.add(nodeId);
    return addressOf(nodeId, moves ? ++moved : 0);
  }

  int brokerCount() {
    return brokerCount;
  }

  int partitionCount() {
    return partitionCount;
  }

  Set<Bug> bugs() {
    return bugs;
  }

  SplittableRandom random() {
    return random;
  }

  Tally tally() {
    return tally;
  }

  Timeline timeline() {
    return timeline;
  }

  Network network() {
    return network;
  }

  ObjectCodec codec() {
    return codec;
  }

  Models models() {
    return models;
  }

  History history() {
    return history;
  }

  Disk disk(int nodeId, int partitionId) {
    return disks.computeIfAbsent(nodeId + "/" + partitionId, _ -> new Disk());
  }

  PartitionSettings partitionSettings(int nodeId) {
    return new PartitionSettings(
        nodeId,
        brokerCount,
        partitionCount,
        brokerCount,
        PartitionDistribution.roundRobin(brokerCount, partitionCount, brokerCount),
        LimitSettings.fixed(1_000),
        // Whatever a checkpoint has stored leaves memory.
        0,
        Duration.ofSeconds(1));
  }

  /// There is no room for more until it is cleared.
  void fillDisk(int nodeId) {
    fullDisks.add(nodeId);
  }

  void clearDisk(int nodeId) {
    fullDisks.remove(nodeId);
  }

  boolean isDiskFull(int nodeId) {
    return fullDisks.contains(nodeId);
  }

  // ---- processes

  /// The broker, `null` if it is down.
  BrokerProcess broker(int nodeId) {
    return brokers.get(nodeId);
  }

  List<BrokerProcess> brokers() {
    return List.copyOf(brokers.values());
  }

  GatewayProcess gateway(int number) {
    return gateways.get(number);
  }

  List<GatewayProcess> gateways() {
    return List.copyOf(gateways.values());
  }

  /// Everything that runs.
  List<Machine> machines() {
    var machines = new ArrayList<Machine>();
    brokers.values().forEach(broker -> machines.add(broker.machine));
    gateways.values().forEach(gateway -> machines.add(gateway.machine));
    return machines;
  }

  void startBroker(int nodeId) {
    if (brokers.containsKey(nodeId)) return;
    Machine machine = machine("broker-" + nodeId);
    var profile =
        new BrokerProfile(
            nodeId,
            new Address("broker-" + nodeId, 26501),
            "1.0",
            brokerCount,
            partitionCount,
            brokerCount,
            List.of());
    Member member = member("broker/" + nodeId, nextAddressOf(nodeId), profile, machine);
    brokers.put(nodeId, new BrokerProcess(nodeId, machine, member, this));
  }

  void startGateway(int number) {
    if (gateways.containsKey(number)) return;
    Machine machine = machine("gateway-" + number);
    // Each life has an id of its own, as it has outside.
    String id = "gateway/%d/%d".formatted(number, timeline.nowMs());
    gateways.put(
        number, new GatewayProcess(number, machine, member(id, null, null, machine), this));
  }

  private Machine machine(String name) {
    return new Machine(name, timeline, random.nextInt(-500, 500));
  }

  private Member member(String id, Address address, BrokerProfile profile, Machine machine) {
    return new Member(
        id, address, profile, contactPoints, machine, random.split(), profiles, this::send, bugs);
  }

  void crashBroker(int nodeId) {
    BrokerProcess broker = brokers.remove(nodeId);
    if (broker == null) return;
    broker.machine.die();
    for (int p = 1; p <= partitionCount; p++)
      tally.count(What.WRITES_LOST, disk(nodeId, p).crash(random));
    brokers.values().forEach(other -> other.client.lost(nodeId));
    gateways.values().forEach(gateway -> gateway.client.lost(nodeId));
  }

  void crashGateway(int number) {
    GatewayProcess gateway = gateways.remove(number);
    if (gateway != null) gateway.machine.die();
  }

  // ---- between processes

  void send(BrokerProcess from, int to, int partitionId, RaftMessage message) {
    BrokerProcess receiver = brokers.get(to);
    if (receiver == null) return;
    network.send(from.machine, receiver.machine, () -> receiver.log(partitionId).receive(message));
  }

  private void send(Member from, Destination to, Envelope envelope) {
    switch (to) {
      case ToAddress(Address address) -> sendToBroker(from, address, envelope);
      case ToMember(String id, Address address) -> {
        if (address != null) sendToBroker(from, address, envelope);
        else sendToGateway(from, id, envelope);
      }
    }
  }

  private void sendToBroker(Member from, Address address, Envelope envelope) {
    Machine sender = machineOf(from);
    for (BrokerProcess broker : brokers.values()) {
      if (!address.equals(broker.member.address) || sender == null) continue;
      from.opened.add(broker.member.id);
      network.send(sender, broker.machine, () -> broker.member.receive(envelope));
    }
  }

  /// A gateway listens nowhere: it is reached over the connection that it has opened.
  private void sendToGateway(Member from, String id, Envelope envelope) {
    Machine sender = machineOf(from);
    for (GatewayProcess gateway : gateways.values()) {
      if (!gateway.member.id.equals(id)
          || sender == null
          || !gateway.member.opened.contains(from.id)) continue;
      network.send(sender, gateway.machine, () -> gateway.member.receive(envelope));
    }
  }

  private Machine machineOf(Member member) {
    for (BrokerProcess broker : brokers.values())
      if (broker.member == member) return broker.machine;
    for (GatewayProcess gateway : gateways.values())
      if (gateway.member == member) return gateway.machine;
    // It has not quite started.
    return null;
  }
}
