package io.skep.domain.cluster.gossip;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.gossip.GossipOutput.Changed;
import io.skep.domain.cluster.gossip.GossipOutput.Destination;
import io.skep.domain.cluster.gossip.GossipOutput.Destination.ToAddress;
import io.skep.domain.cluster.gossip.GossipOutput.Destination.ToMember;
import io.skep.domain.cluster.gossip.GossipOutput.IdTaken;
import io.skep.domain.cluster.gossip.GossipOutput.Send;
import io.skep.domain.cluster.gossip.GossipOutput.Vanished;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Members, a network and a clock in one thread. Everything comes from one seed.
final class Simulation {
  static final String CLUSTER = "cluster";

  final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<Address, Node> byAddress = new HashMap<>();
  final SplittableRandom random;
  long nowMs = 1_000_000;
  double loss = 0;
  long minDelayMs = 1;
  long maxDelayMs = 3;
  BiPredicate<String, String> connected = (_, _) -> true;
  long messages;
  long bytes;
  private long order;
  private int nextPort = 1;
  private final PriorityQueue<Delivery> underway =
      new PriorityQueue<>(
          Comparator.comparingLong(Delivery::atMs).thenComparingLong(Delivery::order));

  Simulation(long seed) {
    random = new SplittableRandom(seed);
  }

  private record Delivery(
      long atMs, long order, Node to, int life, Function<Gossip, List<GossipOutput>> arrival) {}

  final class Node {
    final String id;
    final boolean listens;
    Address address;
    Gossip gossip;
    boolean up;
    boolean killed;
    boolean paused;
    int life;

    /// Members that this one has a connection of its own to.
    final Set<String> opened = new HashSet<>();

    final List<IdTaken> conflicts = new ArrayList<>();

    /// Members this one took for dead.
    final List<String> buried = new ArrayList<>();

    /// Members whose process this one took for ended.
    final List<String> vanished = new ArrayList<>();

    /// When it is to be ticked, kept because asking is not for free.
    private long nextTickAtMs;

    private Node(String id, boolean listens) {
      this.id = id;
      this.listens = listens;
    }

    void start(List<Address> contactPoints, long incarnation) {
      moveTo(listens ? new Address("host", nextPort++) : null);
      up = true;
      killed = false;
      paused = false;
      life++;
      opened.clear();
      var self =
          new Member(id, address, incarnation, MemberStatus.ALIVE, bytes("profile of " + id));
      run(new Gossip(CLUSTER, self, contactPoints, GossipSettings.DEFAULT, random.split(), nowMs));
    }

    /// Runs another one in its place.
    void run(Gossip other) {
      gossip = other;
      nextTickAtMs = other.nextTickAtMs();
      up = true;
    }

    void moveTo(Address place) {
      address = place;
      if (place != null) byAddress.put(place, this);
    }

    /// With its machine: nobody is told.
    void crash() {
      up = false;
    }

    /// Its machine closes its connections, and refuses new ones.
    void kill() {
      up = false;
      killed = true;
      for (Node other : nodes.values()) {
        if (other.up && other.opened.contains(id)) disconnect(other, address);
      }
    }

    void leave() {
      handle(this, gossip.leave(nowMs));
      up = false;
    }

    void publish(String profile) {
      handle(this, gossip.publish(nowMs, bytes(profile)));
    }

    /// What it thinks of another member, "gone" if nothing good.
    String profileOf(String other) {
      for (Member member : gossip.others()) {
        if (member.id().equals(other) && member.status().isPresent()) {
          return new String(member.profile(), StandardCharsets.UTF_8);
        }
      }
      return "gone";
    }

    Set<String> present() {
      var ids = new TreeSet<String>();
      for (Member member : gossip.others()) if (member.status().isPresent()) ids.add(member.id());
      return ids;
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// A broker that listens, knowing the first one.
  Node broker(String id) {
    return add(id, true);
  }

  /// That many, `broker-0` and on.
  List<Node> brokers(int count) {
    var brokers = new ArrayList<Node>();
    for (int i = 0; i < count; i++) brokers.add(broker("broker-" + i));
    return brokers;
  }

  Node gateway(String id) {
    return add(id, false);
  }

  private Node add(String id, boolean listens) {
    var node = new Node(id, listens);
    var contact = contactPoints();
    nodes.put(id, node);
    node.start(contact, nowMs);
    return node;
  }

  List<Address> contactPoints() {
    return nodes.values().stream()
        .filter(node -> node.listens)
        .limit(1)
        .map(node -> node.address)
        .toList();
  }

  private void handle(Node from, List<GossipOutput> outputs) {
    for (GossipOutput output : outputs) {
      switch (output) {
        case Send(Destination to, Envelope envelope) -> send(from, to, envelope);
        case Changed(Member member) -> {
          if (member.status() == MemberStatus.DEAD) from.buried.add(member.id());
        }
        case IdTaken taken -> from.conflicts.add(taken);
        case Vanished(Member member) -> from.vanished.add(member.id());
      }
    }
    from.nextTickAtMs = from.gossip.nextTickAtMs();
  }

  private void send(Node from, Destination destination, Envelope envelope) {
    messages++;
    bytes += size(envelope);
    Node to = receiver(from, destination);
    if (destination instanceof ToMember(_, Address address) && refuses(address)) {
      disconnect(from, address);
    }
    if (to == null || !connected.test(from.id, to.id) || random.nextDouble() < loss) return;
    from.opened.add(to.id);
    long delayMs = minDelayMs + random.nextLong(maxDelayMs - minDelayMs + 1);
    underway.add(
        new Delivery(
            nowMs + delayMs, order++, to, to.life, gossip -> gossip.receive(nowMs, envelope)));
  }

  /// A connection breaks or cannot be made.
  void disconnect(Node node, Address address) {
    underway.add(
        new Delivery(
            nowMs + minDelayMs,
            order++,
            node,
            node.life,
            gossip -> gossip.disconnected(nowMs, address)));
  }

  private boolean refuses(Address address) {
    Node node = address == null ? null : byAddress.get(address);
    return node != null && node.killed;
  }

  private static int size(Envelope envelope) {
    int size = 60;
    for (Member member : envelope.news()) size += member.bytes();
    if (envelope.message() instanceof GossipMessage.Sync(var digests)) size += 20 * digests.size();
    return size;
  }

  private Node receiver(Node from, Destination destination) {
    return switch (destination) {
      case ToAddress(Address address) -> at(address);
      case ToMember(String id, Address address) -> {
        if (address != null) yield at(address);
        Node node = nodes.get(id);
        yield node != null && node.up && node.opened.contains(from.id) ? node : null;
      }
    };
  }

  private Node at(Address address) {
    Node node = byAddress.get(address);
    return node != null && node.up && address.equals(node.address) ? node : null;
  }

  /// Lets time go by.
  void run(long ms) {
    long endMs = nowMs + ms;
    while (step(endMs)) {}
    nowMs = endMs;
  }

  /// Lets time go by until something holds.
  ///
  /// @return after how many milliseconds, or -1 if it did not within the limit
  long runUntil(long limitMs, BooleanSupplier condition) {
    return runUntil(limitMs, 1, condition);
  }

  /// @param everyMs how often to look
  long runUntil(long limitMs, long everyMs, BooleanSupplier condition) {
    long startMs = nowMs;
    while (!condition.getAsBoolean()) {
      long lookedMs = nowMs;
      do {
        if (!step(startMs + limitMs)) return -1;
      } while (everyMs > 1 && nowMs - lookedMs < everyMs);
    }
    return nowMs - startMs;
  }

  private boolean step(long endMs) {
    Node next = null;
    long atMs = underway.isEmpty() ? Long.MAX_VALUE : underway.peek().atMs();
    for (Node node : nodes.values()) {
      if (node.up && !node.paused && node.nextTickAtMs < atMs) {
        next = node;
        atMs = node.nextTickAtMs;
      }
    }
    if (atMs > endMs) return false;
    nowMs = Math.max(nowMs, atMs);
    if (next != null) {
      handle(next, next.gossip.tick(nowMs));
      if (next.nextTickAtMs <= nowMs) {
        throw new AssertionError("it would tick without end: " + next.id + " at " + nowMs);
      }
    } else {
      deliver(underway.poll());
    }
    return true;
  }

  private void deliver(Delivery delivery) {
    Node to = delivery.to();
    if (!to.up || to.life != delivery.life()) return;
    // What arrives at a process that is stopped waits in its socket.
    if (to.paused)
      underway.add(new Delivery(nowMs + 10, delivery.order(), to, to.life, delivery.arrival()));
    else handle(to, delivery.arrival().apply(to.gossip));
  }

  /// Lets time go by until everybody knows of everybody, or fails.
  void converge(long limitMs) {
    long ms = runUntil(limitMs, this::isConverged);
    assertTrue(ms >= 0, "not converged after " + limitMs + " ms");
  }

  /// Whether everybody who is up knows exactly those who are up, with their newest word.
  boolean isConverged() {
    var newest = new HashMap<String, String>();
    for (Node node : nodes.values()) {
      if (node.up)
        newest.put(node.id, new String(node.gossip.self().profile(), StandardCharsets.UTF_8));
    }
    for (Node node : nodes.values()) {
      if (!node.up) continue;
      var expected = new TreeSet<>(newest.keySet());
      expected.remove(node.id);
      if (!node.present().equals(expected)) return false;
      for (String other : expected)
        if (!node.profileOf(other).equals(newest.get(other))) return false;
    }
    return true;
  }
}
