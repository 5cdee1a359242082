package io.skep.adapter.raft;

import io.skep.adapter.raft.log.LogTail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/// How Ratis is to run. What differs from its defaults differs for a reason.
final class RatisProperties {
  /// The first election need not wait for a leader that has died.
  private static final Duration FIRST_ELECTION_MIN = Duration.ofMillis(150);

  private static final Duration FIRST_ELECTION_MAX = Duration.ofMillis(300);

  /// Ratis wants this much between the largest message and the largest append.
  private static final int MESSAGE_ROOM = 2 << 20;

  private RatisProperties() {}

  static RaftProperties of(InternalApiSettings settings) {
    var properties = new RaftProperties();
    network(properties, settings);
    elections(properties, settings);
    log(properties, settings);
    appending(properties, settings);
    snapshots(properties, settings);
    return properties;
  }

  /// Where groups are looked for and made. Ratis opens whatever it finds there when a server is
  /// built.
  static void storage(RaftProperties properties, Path directory) {
    RaftServerConfigKeys.setStorageDir(properties, List.of(directory.toFile()));
  }

  private static void network(RaftProperties properties, InternalApiSettings settings) {
    GrpcConfigKeys.Server.setHost(properties, settings.host());
    GrpcConfigKeys.Server.setPort(properties, settings.port());
    GrpcConfigKeys.setMessageSizeMax(
        properties, SizeInBytes.valueOf(appendBytes(settings) + MESSAGE_ROOM));
  }

  private static void elections(RaftProperties properties, InternalApiSettings settings) {
    RaftServerConfigKeys.Rpc.setTimeoutMin(properties, time(settings.electionTimeoutMin()));
    RaftServerConfigKeys.Rpc.setTimeoutMax(properties, time(settings.electionTimeoutMax()));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, time(FIRST_ELECTION_MIN));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, time(FIRST_ELECTION_MAX));
    // By default a leader that lost its majority stays away from elections for 10 s. It also steps
    // down when it finds that its process stood still for so long, as another may lead by now.
    RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(
        properties, TimeDuration.ONE_SECOND);
  }

  private static void log(RaftProperties properties, InternalApiSettings settings) {
    // Otherwise each commit appends, syncs and replicates a second entry that only says so.
    RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
    // Costs a thread hop on followers.
    RaftServerConfigKeys.Log.setAppendEntriesComposeEnabled(properties, false);
    RaftServerConfigKeys.Log.setSegmentSizeMax(
        properties, SizeInBytes.valueOf(settings.segmentBytes()));
    // Filled with zeros before use, by each partition at once.
    RaftServerConfigKeys.Log.setPreallocatedSize(
        properties, SizeInBytes.valueOf(Math.min(4 << 20, settings.segmentBytes())));
    RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 2);
    RaftServerConfigKeys.Log.setSegmentCacheSizeMax(properties, SizeInBytes.valueOf("32MB"));
    RaftServerConfigKeys.Log.setWriteBufferSize(
        properties, SizeInBytes.valueOf(writeBufferBytes(settings)));
    // What may be torn at the log's end after a power cut.
    RaftServerConfigKeys.Log.setForceSyncNum(properties, LogTail.UNSYNCED_ENTRIES);
    // Every entry leaves an object behind, on every member, for so long. Nothing is submitted twice
    // here.
    RaftServerConfigKeys.RetryCache.setExpiryTime(properties, TimeDuration.ONE_SECOND);
    // A second fence: proposers keep few entries in flight.
    RaftServerConfigKeys.Write.setElementLimit(properties, 256);
    RaftServerConfigKeys.Write.setByteLimit(properties, SizeInBytes.valueOf("16MB"));
  }

  private static void appending(RaftProperties properties, InternalApiSettings settings) {
    RaftServerConfigKeys.Log.Appender.setBufferByteLimit(
        properties, SizeInBytes.valueOf(appendBytes(settings)));
    RaftServerConfigKeys.Log.Appender.setWaitTimeMin(properties, TimeDuration.ZERO);
    // The default backs off to 5 s, also between the steps by which a follower's diverging tail is
    // found.
    RaftServerConfigKeys.Log.Appender.setRetryPolicy(
        properties, "ExponentialBackoffRetry,1ms,100ms,1000000");
    // Until a follower counts as slow, after 60 s by default, an appender without a stream to it
    // tries again without a pause: measured, up to 500,000 times a second to a dead one. Afterwards
    // 8 to 28 times.
    RaftServerConfigKeys.Rpc.setSlownessTimeout(properties, time(settings.electionTimeoutMax()));
  }

  private static void snapshots(RaftProperties properties, InternalApiSettings settings) {
    // By default a snapshot is sent in pieces larger than a message may be.
    RaftServerConfigKeys.Log.Appender.setSnapshotChunkSizeMax(properties, SizeInBytes.ONE_MB);
    // When to take one is decided here, see Snapshots.
    RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, false);
    RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(properties, false);
    RaftServerConfigKeys.Snapshot.setTriggerWhenRemoveEnabled(properties, false);
    RaftServerConfigKeys.Snapshot.setCreationGap(properties, 1);
    RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
    // Otherwise one dead follower keeps the log for ever.
    RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
    RaftServerConfigKeys.Log.setPurgePreservationLogNum(properties, settings.entriesKept());
  }

  /// The largest append. An entry has some bytes of its own around its content.
  static int appendBytes(InternalApiSettings settings) {
    return Math.max(1 << 20, settings.maxEntryBytes() + 1024);
  }

  /// Direct memory of each partition; 8 bytes are length and checksum.
  static int writeBufferBytes(InternalApiSettings settings) {
    return appendBytes(settings) + 8;
  }

  private static TimeDuration time(Duration duration) {
    return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
  }
}
