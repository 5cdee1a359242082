package io.skep.bootstrap.config;

import static io.skep.bootstrap.config.ValueType.addresses;
import static io.skep.bootstrap.config.ValueType.bool;
import static io.skep.bootstrap.config.ValueType.choice;
import static io.skep.bootstrap.config.ValueType.diskSize;
import static io.skep.bootstrap.config.ValueType.duration;
import static io.skep.bootstrap.config.ValueType.name;
import static io.skep.bootstrap.config.ValueType.number;
import static io.skep.bootstrap.config.ValueType.path;
import static io.skep.bootstrap.config.ValueType.ratio;
import static io.skep.bootstrap.config.ValueType.size;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Routing;
import io.skep.port.in.PartitionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What a broker is told besides where to listen.
final class BrokerKeys {
  private static final String BROKER = "zeebe.broker.";

  static final Key<Boolean> GATEWAY_ENABLE =
      Key.of(BROKER + "gateway.enable", bool(), "true", "Whether the broker serves clients itself");

  static final Key<Path> DIRECTORY =
      Key.of(BROKER + "data.directory", path(), "data", "Where the broker keeps all that lasts");
  static final Key<Integer> LOG_SEGMENT_SIZE =
      Key.of(
          BROKER + "data.logSegmentSize",
          size(1 << 20, 1 << 30),
          "16MB",
          "Size of one file of a partition's log; larger than maxMessageSize");
  static final Key<Duration> SNAPSHOT_PERIOD =
      Key.of(
          BROKER + "data.snapshotPeriod",
          duration(Duration.ofMinutes(1)),
          "5m",
          "How often a partition that has changed takes a snapshot");

  /// Not a key of Zeebe's.
  static final Key<Long> LOG_BETWEEN_SNAPSHOTS =
      Key.of(
          "skep.broker.data.logBetweenSnapshots",
          diskSize(1 << 20),
          "128MB",
          "A partition takes a snapshot before snapshotPeriod is over if its log has grown by this since"
              + " the last one, and by as much as the last one took on disk. So a restart runs about so"
              + " much of the log again at most, and the log takes up about three times as much on disk");

  static final Key<Boolean> DISK_WATCHED =
      Key.of(
          BROKER + "data.disk.enableMonitoring",
          bool(),
          "true",
          "Whether the broker looks at how much is free on the disk of data.directory");
  static final Key<Duration> DISK_INTERVAL =
      Key.of(
          BROKER + "data.disk.monitoringInterval",
          duration(Duration.ofMillis(10)),
          "1s",
          "How often it looks");
  static final Key<Long> DISK_PROCESSING =
      Key.of(
          BROKER + "data.disk.freeSpace.processing",
          diskSize(1),
          "2GB",
          "With less free, commands are refused with RESOURCE_EXHAUSTED, and timers and messages"
              + " between partitions wait; all of it goes on when there is a twentieth more than"
              + " this");
  static final Key<Long> DISK_REPLICATION =
      Key.of(
          BROKER + "data.disk.freeSpace.replication",
          diskSize(0),
          "1GB",
          "With less free, a follower takes nothing more from the leader and catches up when there"
              + " is a twentieth more than this; less than freeSpace.processing");

  /// Not a key of Zeebe's.
  static final Key<Boolean> READMIT =
      Key.of(
          "skep.broker.data.readmit",
          bool(),
          "false",
          "Whether a broker whose data were lost may come back with an empty directory; to be set for"
              + " one start, while all other brokers are up");

  /// Not a key of Zeebe's.
  static final Key<Integer> RESIDENT_INSTANCES =
      Key.of(
          "skep.broker.state.residentInstances",
          number(0, 100_000_000),
          String.valueOf(PartitionSettings.RESIDENT_LIMIT),
          "How many process instances, kept messages and subscriptions to messages a partition keeps in"
              + " memory that are not in use; the others are read from disk when they are needed. 50,000"
              + " small instances take about 100 MB");

  static final Key<Integer> NODE_ID =
      Key.of(
          BROKER + "cluster.nodeId",
          number(0, 8191),
          "0",
          "Number of this broker, from 0 and below clusterSize; no two brokers have the same");
  static final Key<Integer> PARTITIONS_COUNT =
      Key.of(
          BROKER + "cluster.partitionsCount",
          number(1, Routing.MAX_PARTITIONS),
          "1",
          "Number of partitions, the same on all brokers");
  static final Key<Integer> REPLICATION_FACTOR =
      Key.of(
          BROKER + "cluster.replicationFactor",
          number(1, 8192),
          "1",
          "Number of brokers that hold each partition, clusterSize at most");
  static final Key<Integer> CLUSTER_SIZE =
      Key.of(BROKER + "cluster.clusterSize", number(1, 8192), "1", "Number of brokers");
  static final Key<String> CLUSTER_NAME =
      Key.of(
          BROKER + "cluster.clusterName",
          name(),
          "zeebe-cluster",
          "Name of the cluster, the same on all members");
  static final Key<List<Address>> INITIAL_CONTACT_POINTS =
      Key.of(
          BROKER + "cluster.initialContactPoints",
          addresses(),
          "",
          "Internal APIs of some brokers, to find the others by; may hold this broker's own");
  static final Key<Duration> ELECTION_TIMEOUT =
      Key.of(
          BROKER + "cluster.electionTimeout",
          duration(Duration.ofMillis(50)),
          "300ms",
          "Without a word from the leader for a time between this and its double, a follower stands"
              + " for election; the leader sends a heartbeat each half of it");

  static final Key<Boolean> BACKPRESSURE_ENABLED =
      Key.of(
          BROKER + "backpressure.enabled",
          bool(),
          "true",
          "Whether commands are refused when too many are under way");
  static final Key<String> BACKPRESSURE_ALGORITHM =
      Key.of(
          BROKER + "backpressure.algorithm",
          choice("aimd", "fixed"),
          "aimd",
          "Whether the limit follows what commands take, or stays where it is");
  static final Key<Duration> AIMD_LATENCY =
      Key.of(
          BROKER + "backpressure.aimd.requestTimeout",
          duration(Duration.ofMillis(1)),
          "200ms",
          "With algorithm aimd, the limit falls when commands take longer than this, and rises when"
              + " they do not and it is needed");
  static final Key<Integer> AIMD_INITIAL_LIMIT =
      Key.of(
          BROKER + "backpressure.aimd.initialLimit",
          number(1, 1_000_000),
          "1000",
          "How many commands may be under way on a partition at first, with algorithm aimd; the limit"
              + " rises by a tenth of this, ten times a second at most. If it is not between minLimit and"
              + " maxLimit, the nearer one holds");
  static final Key<Integer> AIMD_MIN_LIMIT =
      Key.of(
          BROKER + "backpressure.aimd.minLimit",
          number(1, 1_000_000),
          "20",
          "What the limit never falls below, with algorithm aimd. Commands share their way to the"
              + " disk, so that fewer of them are hardly faster there. If it is more than maxLimit, that one"
              + " holds");
  static final Key<Integer> AIMD_MAX_LIMIT =
      Key.of(
          BROKER + "backpressure.aimd.maxLimit",
          number(1, 1_000_000),
          "1000",
          "What the limit never exceeds, with algorithm aimd");
  static final Key<Double> AIMD_BACKOFF_RATIO =
      Key.of(
          BROKER + "backpressure.aimd.backoffRatio",
          ratio(),
          "0.9",
          "By what the limit is multiplied when it falls, with algorithm aimd");
  static final Key<Integer> BACKPRESSURE_FIXED_LIMIT =
      Key.of(
          BROKER + "backpressure.fixed.limit",
          number(1, 1_000_000),
          "20",
          "How many commands may be under way on a partition, with algorithm fixed");

  static final List<Key<?>> ALL =
      List.of(
          GATEWAY_ENABLE,
          DIRECTORY,
          LOG_SEGMENT_SIZE,
          SNAPSHOT_PERIOD,
          LOG_BETWEEN_SNAPSHOTS,
          DISK_WATCHED,
          DISK_INTERVAL,
          DISK_PROCESSING,
          DISK_REPLICATION,
          READMIT,
          RESIDENT_INSTANCES,
          NODE_ID,
          PARTITIONS_COUNT,
          REPLICATION_FACTOR,
          CLUSTER_SIZE,
          CLUSTER_NAME,
          INITIAL_CONTACT_POINTS,
          ELECTION_TIMEOUT,
          BACKPRESSURE_ENABLED,
          BACKPRESSURE_ALGORITHM,
          AIMD_LATENCY,
          AIMD_INITIAL_LIMIT,
          AIMD_MIN_LIMIT,
          AIMD_MAX_LIMIT,
          AIMD_BACKOFF_RATIO,
          BACKPRESSURE_FIXED_LIMIT);

  private BrokerKeys() {}
}
