package io.skep.adapter.raft;

import io.skep.adapter.raft.log.LogWriter;
import io.skep.domain.cluster.Address;
import io.skep.port.out.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What a broker's internal API needs to know.
///
/// @param nodeId 0 to `clusterSize - 1`
/// @param distribution how partitions are spread over brokers, in a form that only has to be the
///   same as long as the spread is: a broker that is told of another one would look for its logs in
///   vain
/// @param clusterName members of another name are ignored; it is also part of the log's identity on
///   disk
/// @param host to bind
/// @param port to bind; 0 takes a free one
/// @param advertised where other members reach this one; port 0 stands for the port that was bound
/// @param commandApi where gateways and other brokers send commands to this one
/// @param version of this program
/// @param dataDirectory is created if need be; the logs lie in `raft` under it
/// @param readmit whether a broker whose data were lost may come back with an empty directory
/// @param contactPoints internal APIs of some members; may hold this one
/// @param electionTimeoutMin without word from the leader for a random time between this and the
///   maximum, a follower stands for election; a leader sends a heartbeat each half of it; 50 ms or
///   more
/// @param electionTimeoutMax more than the minimum
/// @param snapshotInterval at most one snapshot in this time, and one if anything was applied since
///   the last
/// @param entriesBetweenSnapshots snapshot earlier if so many entries have been applied since the
///   last
/// @param bytesBetweenSnapshots snapshot earlier if the log has grown by so much since the last,
///   and by as much as the last one took; 1 or more
/// @param segmentBytes size of a file of the log; 1 MB or more, and more than an entry
/// @param maxEntryBytes how large a log entry may be, and so a command; a partition with other
///   replicas keeps a buffer of this size
/// @param entriesKept how many entries the log keeps behind its snapshots, so that a follower that
///   was away for a moment needs no snapshot; 0 or more
/// @param credentials for TLS between members, `null` without
public record InternalApiSettings(
    int nodeId,
    int clusterSize,
    int partitionCount,
    int replicationFactor,
    String distribution,
    String clusterName,
    String host,
    int port,
    Address advertised,
    Address commandApi,
    String version,
    Path dataDirectory,
    boolean readmit,
    List<Address> contactPoints,
    Duration electionTimeoutMin,
    Duration electionTimeoutMax,
    Duration snapshotInterval,
    long entriesBetweenSnapshots,
    long bytesBetweenSnapshots,
    int segmentBytes,
    int maxEntryBytes,
    long entriesKept,
    Credentials credentials) {

  public static final String ROUND_ROBIN = "ROUND_ROBIN";

  public static final Duration ELECTION_TIMEOUT_MIN = Duration.ofMillis(300);
  public static final Duration ELECTION_TIMEOUT_MAX = Duration.ofMillis(600);
  public static final Duration SNAPSHOT_INTERVAL = Duration.ofMinutes(5);
  public static final long ENTRIES_BETWEEN_SNAPSHOTS = 400_000;
  public static final int SEGMENT_BYTES = 16 << 20;

  /// Holds a request of 4 MB, the most that the gateway takes by default, with what is added on its
  /// way.
  public static final int MAX_ENTRY_BYTES = (4 << 20) + (256 << 10);

  public static final long ENTRIES_KEPT = 10_000;

  /// What each partition takes outside of the heap, to write its log with.
  public int bufferBytes() {
    return replicationFactor == 1 ? LogWriter.BUFFER_BYTES : RatisProperties.writeBufferBytes(this);
  }

  public InternalApiSettings {
    contactPoints = List.copyOf(contactPoints);
    if (electionTimeoutMax.compareTo(electionTimeoutMin) <= 0) {
      throw new IllegalArgumentException(
          "Expected the longest election timeout to be more than the shortest, but they are %s and %s"
              .formatted(electionTimeoutMax, electionTimeoutMin));
    }
  }
}
