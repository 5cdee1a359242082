package io.skep.adapter.raft;

import io.skep.domain.cluster.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What a broker's internal API needs to know.
///
/// @param nodeId 0 to `clusterSize - 1`
/// @param clusterName members of another name are ignored; it is also part of the log's identity on disk
/// @param host to bind
/// @param port to bind; 0 takes a free one
/// @param advertised where other members reach this one; port 0 stands for the port that was bound
/// @param commandApi where gateways and other brokers send commands to this one
/// @param version of this program
/// @param dataDirectory is created if need be; the logs lie in `raft` under it
/// @param contactPoints internal APIs of some members; may hold this one
/// @param electionTimeoutMin without word from the leader for a random time between this and the maximum, a follower
///     stands for election; a leader sends a heartbeat each half of it; 50 ms or more
/// @param electionTimeoutMax more than the minimum
/// @param snapshotInterval at most one snapshot in this time, and one if anything was applied since the last
/// @param entriesBetweenSnapshots snapshot earlier if so many entries have been applied since the last
/// @param segmentBytes size of a file of the log
public record InternalApiSettings(
    int nodeId,
    int clusterSize,
    int partitionCount,
    int replicationFactor,
    String clusterName,
    String host,
    int port,
    Address advertised,
    Address commandApi,
    String version,
    Path dataDirectory,
    List<Address> contactPoints,
    Duration electionTimeoutMin,
    Duration electionTimeoutMax,
    Duration snapshotInterval,
    long entriesBetweenSnapshots,
    int segmentBytes) {

  public static final Duration ELECTION_TIMEOUT_MIN = Duration.ofMillis(500);
  public static final Duration ELECTION_TIMEOUT_MAX = Duration.ofMillis(1000);
  public static final Duration SNAPSHOT_INTERVAL = Duration.ofMinutes(5);
  public static final long ENTRIES_BETWEEN_SNAPSHOTS = 400_000;
  public static final int SEGMENT_BYTES = 16 << 20;

  public InternalApiSettings {
    contactPoints = List.copyOf(contactPoints);
  }
}
