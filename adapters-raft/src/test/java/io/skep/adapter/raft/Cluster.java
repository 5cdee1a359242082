package io.skep.adapter.raft;

import io.skep.adapter.raft.RecordingReplica.Outcome;
import io.skep.adapter.raft.disk.Disk;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.PartitionDistribution;
import io.skep.domain.cluster.PartitionDistribution.Replicas;
import io.skep.port.out.Credentials;
import io.skep.port.out.PartitionLog;
import io.skep.port.out.Replica;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/// Brokers in this process that talk over the loopback interface.
final class Cluster implements AutoCloseable {
  String name = "test-" + UUID.randomUUID();
  String host = "127.0.0.1";
  int port;
  private final Path directory;
  private final int size;
  private final int partitionCount;
  private final Addresses addresses = new Addresses();
  private final Map<Integer, Broker> brokers = new ConcurrentHashMap<>();
  private final List<RecordingReplica> all = new CopyOnWriteArrayList<>();

  /// What [#commit] has had committed, in order.
  final List<String> committed = new CopyOnWriteArrayList<>();

  Duration electionTimeout = Duration.ofMillis(200);
  Duration snapshotInterval = Duration.ofHours(1);
  long entriesBetweenSnapshots = Long.MAX_VALUE;
  long bytesBetweenSnapshots = Long.MAX_VALUE;
  long entriesKept = 0;
  Credentials credentials;
  List<Address> contactPoints = List.of();
  boolean readmit;

  /// How partitions are opened that have one replica.
  Kind kind = Kind.SINGLE_REPLICA;

  /// Where logs are that Ratis does not write.
  Disk disk = Disk.REAL;

  enum Kind {
    SINGLE_REPLICA,
    RATIS
  }

  /// What has a broker's disk keep names in a directory, by its node id.
  IntFunction<Promises.Sync> sync = _ -> Disk.REAL::syncDirectory;

  Cluster(Path directory, int size, int partitionCount) {
    this.directory = directory;
    this.size = size;
    this.partitionCount = partitionCount;
  }

  InternalApiSettings settings(int nodeId) {
    return new InternalApiSettings(
        nodeId,
        size,
        partitionCount,
        size,
        InternalApiSettings.ROUND_ROBIN,
        name,
        host,
        port,
        new Address("127.0.0.1", 0),
        new Address("127.0.0.1", 26501),
        "test",
        directory.resolve("broker-" + nodeId),
        readmit,
        contactPoints,
        electionTimeout,
        electionTimeout.multipliedBy(2),
        snapshotInterval,
        entriesBetweenSnapshots,
        bytesBetweenSnapshots,
        1 << 20,
        900_000,
        entriesKept,
        credentials);
  }

  /// Starts a broker that is down and opens its partitions.
  Broker start(int nodeId) {
    var broker = new Broker(nodeId);
    broker.open();
    return broker;
  }

  Broker startListening(int nodeId) {
    return new Broker(nodeId);
  }

  Broker broker(int nodeId) {
    return brokers.get(nodeId);
  }

  /// The broker that leads a partition, as soon as one does. It may lose the lead at any time.
  Broker leader(int partitionId) {
    var found = new AtomicReference<Broker>();
    RecordingReplica.await(
        "a leader",
        () -> {
          var leading =
              brokers.values().stream().filter(broker -> broker.leads(partitionId)).toList();
          found.set(leading.isEmpty() ? null : leading.getFirst());
          return leading.size() == 1;
        });
    return found.get();
  }

  /// Has an entry committed by whoever leads, though the lead may move meanwhile. It may be there
  /// twice then.
  void commit(String text) {
    for (Outcome outcome = null; outcome == null || outcome.committed.get() == 0; ) {
      outcome = leader(1).propose(text);
      RecordingReplica.await("'" + text + "' to end", outcome::hasEnded);
    }
    committed.add(text);
  }

  @Override
  public void close() {
    List.copyOf(brokers.values()).parallelStream().forEach(Broker::stop);
    for (RecordingReplica replica : all)
      if (replica.misled != null) throw new AssertionError(replica.misled);
  }

  final class Broker {
    final int nodeId;
    final BrokerInternalApi api;
    final FakeRoom room = new FakeRoom();
    final Map<Integer, RecordingReplica> replicas = new ConcurrentHashMap<>();
    final Map<Integer, PartitionLog> logs = new ConcurrentHashMap<>();
    private final InternalApiSettings settings;

    private Broker(int nodeId) {
      this.nodeId = nodeId;
      this.settings = settings(nodeId);
      // These brokers have no gossip, which would admit them.
      try (var marker = BrokerMarker.claim(settings.dataDirectory().resolve("raft"), settings)) {
        marker.admit();
      }
      this.api =
          new BrokerInternalApi(
              settings,
              new ClusterMembership(ClusterMembership.profile(settings)),
              addresses,
              room,
              new Promises(sync.apply(nodeId)));
      api.start();
      brokers.put(nodeId, this);
      addresses.put(nodeId, api.port());
    }

    void open() {
      for (Replicas partition :
          PartitionDistribution.roundRobin(size, partitionCount, size).of(nodeId)) {
        var replica = new RecordingReplica();
        replicas.put(partition.partitionId(), replica);
        all.add(replica);
        logs.put(partition.partitionId(), open(partition, replica));
      }
    }

    PartitionLog open(Replicas partition, Replica replica) {
      return kind == Kind.RATIS
          ? RatisPartitionLog.open(partition, replica, settings, api.running())
          : new BrokerLogs(settings, api, disk).open(partition, replica);
    }

    boolean leads(int partitionId) {
      var replica = replicas.get(partitionId);
      return replica != null && replica.leading;
    }

    RecordingReplica replica() {
      return replicas.get(1);
    }

    PartitionLog log() {
      return logs.get(1);
    }

    Outcome propose(String text) {
      var outcome = new Outcome();
      log().propose(RecordingReplica.bytes(text), outcome);
      return outcome;
    }

    /// Proposes and waits until it was committed.
    void commit(String text) {
      Outcome outcome = propose(text);
      RecordingReplica.await("'" + text + "' to end", outcome::hasEnded);
      if (outcome.committed.get() != 1)
        throw new AssertionError("Expected it to be committed, but: " + outcome.failure);
    }

    void stop() {
      brokers.remove(nodeId, this);
      api.stop();
    }
  }

  private static final class Addresses implements PeerAddresses {
    private final Map<Integer, Address> byNode = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    void put(int nodeId, int port) {
      byNode.put(nodeId, new Address("127.0.0.1", port));
      listeners.forEach(Runnable::run);
    }

    @Override
    public Optional<Address> of(int nodeId) {
      return Optional.ofNullable(byNode.get(nodeId));
    }

    @Override
    public Runnable onChange(Runnable listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }
  }
}
