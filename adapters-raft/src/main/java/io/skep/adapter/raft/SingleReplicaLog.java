package io.skep.adapter.raft;

import io.skep.adapter.raft.Housekeeping.Cancellable;
import io.skep.adapter.raft.disk.Disk;
import io.skep.adapter.raft.log.LogReader;
import io.skep.adapter.raft.log.LogTail;
import io.skep.adapter.raft.log.LogWriter;
import io.skep.domain.cluster.PartitionDistribution.Replicas;
import io.skep.port.out.Replica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;
import org.apache.ratis.server.storage.RaftStorageMetadata;
import org.apache.ratis.util.SizeInBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of a partition that has one replica. There is nobody to agree with, so one thread adds
/// what was proposed to the log, applies it and brings it onto the disk, which commits it, where
/// Ratis has five hand it on. A second helps if more waits, see [LogSyncer]. Its files are those
/// that Ratis writes.
final class SingleReplicaLog implements MemberLog {
  private static final Logger LOG = LoggerFactory.getLogger(SingleReplicaLog.class);

  private static final long CHECKPOINT_LOOK_MS = 500;
  private static final long CLOSE_MS = 10_000;

  /// A second fence: proposers keep few entries in flight.
  private static final int MOST_WAITING = 256;

  private final int partitionId;
  private final int nodeId;
  private final Replica replica;
  private final InternalApiSettings settings;
  private final RunningApi api;
  private final Disk disk;
  private final Path directory;
  private final SnapshotStore store;
  private final Snapshots snapshots;
  private final LogGuard guard;
  private final Thread thread;
  private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private List<Cancellable> care = List.of();
  private RaftStorage storage;
  private LogWriter writer;

  /// `null` until it leads.
  private volatile LogSyncer syncer;

  /// The index of the last entry before it led.
  private long before;

  /// Taken from those that wait, and perhaps in the log, but not applied.
  private Entry current;

  /// The index behind the last entry that was found.
  private long logEnd;

  private long term;
  private long appliedTerm;
  private volatile long applied = -1;
  private volatile boolean leading;
  private volatile boolean asleep;
  private volatile boolean checkpointDue;
  private volatile boolean ended;

  private record Entry(byte[] content, Proposal proposal) {}

  /// See [io.skep.port.out.PartitionLogs#open].
  static SingleReplicaLog open(
      Replicas partition,
      Replica replica,
      InternalApiSettings settings,
      RunningApi api,
      Disk disk) {
    var log = new SingleReplicaLog(partition, replica, settings, api, disk);
    log.open();
    return log;
  }

  private SingleReplicaLog(
      Replicas partition,
      Replica replica,
      InternalApiSettings settings,
      RunningApi api,
      Disk disk) {
    this.disk = disk;
    this.partitionId = partition.partitionId();
    this.nodeId = settings.nodeId();
    this.replica = replica;
    this.settings = settings;
    this.api = api;
    UUID uuid = RatisServer.groupId(settings.clusterName(), partitionId);
    api.marker().expectLog(partitionId, uuid);
    directory = api.marker().logOf(uuid);
    store = new SnapshotStore(partitionId, uuid);
    snapshots =
        new Snapshots(store, api.housekeeping().snapshots(), replica, partitionId, settings);
    guard = new LogGuard(partitionId, RatisProperties.appendBytes(settings));
    thread = Thread.ofPlatform().daemon().name("partition-" + partitionId).unstarted(this::run);
    try {
      restore();
      api.marker().remember(partitionId, uuid);
    } catch (IOException e) {
      release();
      throw LostState.cannotOpen(directory, partitionId, e);
    } catch (RuntimeException | Error e) {
      release();
      throw e;
    }
  }

  // ---- opening

  private void restore() throws IOException {
    Files.createDirectories(directory);
    storage =
        RaftStorage.newBuilder()
            .setDirectory(directory.toFile())
            .setOption(StartupOption.RECOVER)
            .setStorageFreeSpaceMin(SizeInBytes.valueOf(0))
            .setLogCorruptionPolicy(CorruptionPolicy.EXCEPTION)
            .build();
    storage.initialize();
    store.init(storage);
    guard.inspect(storage);
    TermIndex restored = store.restore(replica);
    if (restored != null) {
      applied = restored.getIndex();
      appliedTerm = restored.getTerm();
    }
    LogTail tail = guard.mend(restored);
    logEnd = tail.next();
    long lastTerm = Math.max(tail.term(), appliedTerm);
    term = Math.max(lastTerm, storage.getMetadataFile().getMetadata().getTerm()) + 1;
    storage.getMetadataFile().persist(RaftStorageMetadata.valueOf(term, RatisServer.peer(nodeId)));
    // All that was made on the way there as well.
    Path top = settings.dataDirectory().toAbsolutePath().normalize();
    Path path = files().toAbsolutePath().normalize();
    for (; path != null && path.startsWith(top); path = path.getParent()) disk.syncDirectory(path);
  }

  private Path files() {
    return storage.getStorageDir().getCurrentDir().toPath();
  }

  private void open() {
    api.logs().add(this);
    care =
        List.of(
            api.housekeeping().every(CHECKPOINT_LOOK_MS, this::look),
            // By itself: it may have to wait for the disk.
            api.housekeeping().every(LogGuard.LOOK_MS, this::rememberSynced));
    thread.start();
  }

  // ---- the partition's thread

  private void run() {
    try {
      writer = replay();
      if (writer != null) lead();
      while (!isEnding()) {
        if (checkpointDue) takeCheckpoint();
        current = waiting.poll();
        if (current == null) rest();
        else process(current);
      }
    } catch (Throwable e) {
      // Also what nobody has declared, as Scala may throw.
      fail(e);
    } finally {
      end();
    }
  }

  private boolean isEnding() {
    return closed.get() || failure.get() != null;
  }

  /// Applies what the log has beyond the snapshot.
  ///
  /// @return what goes on with it, `null` if this was closed before
  private LogWriter replay() throws IOException {
    long from = applied + 1;
    LogReader.Found found = LogReader.read(files(), from, logEnd, this::replay);
    if (found == null) return null;
    long next = Math.max(from, found.next());
    appliedTerm = Math.max(appliedTerm, found.term());
    // Ratis has entries of its own, which are not applied.
    applied = next - 1;
    return LogWriter.open(files(), disk, found, next, settings.segmentBytes());
  }

  private void lead() {
    before = applied;
    syncer = new LogSyncer(partitionId, writer, applied, replica, this::fail);
    leading = true;
    replica.leading(term);
  }

  private boolean replay(long entryTerm, long index, byte[] content) {
    apply(entryTerm, index, content, null);
    replica.committed(index);
    return !isEnding();
  }

  private void apply(long entryTerm, long index, byte[] content, Proposal own) {
    replica.apply(index, content, own);
    snapshots.applied(content.length);
    appliedTerm = entryTerm;
    applied = index;
  }

  private void process(Entry entry) throws IOException, InterruptedException {
    if (!syncer.awaitRoom()) return;
    long index = writer.append(term, entry.content);
    apply(term, index, entry.content, entry.proposal);
    current = null;
    syncer.applied(index, !waiting.isEmpty());
  }

  private void takeCheckpoint() throws InterruptedException {
    checkpointDue = false;
    if (syncer.awaitAll())
      snapshots.take(TermIndex.valueOf(appliedTerm, applied), this::purge, this::fail);
  }

  private void rest() {
    asleep = true;
    if (waiting.isEmpty() && !checkpointDue && !isEnding()) LockSupport.park(this);
    asleep = false;
  }

  private void wake() {
    if (asleep) LockSupport.unpark(thread);
  }

  private void end() {
    leading = false;
    if (syncer != null) attempt("sync the log", syncer::close);
    if (writer != null && failure.get() == null) attempt("trim the log", writer::trim);
    snapshots.close();
    care.forEach(Cancellable::cancel);
    attempt("tell the replica", this::tellReplica);
    if (current != null) end(current, Failure.LEAD_LOST);
    ended = true;
    refuseWaiting();
    rememberSynced();
    release();
  }

  private void tellReplica() {
    Throwable cause = failure.get();
    if (cause == null) {
      replica.notLeading();
      return;
    }
    LOG.error("Partition {} stops", partitionId, cause);
    replica.failed(cause);
  }

  private void refuseWaiting() {
    for (Entry entry; (entry = waiting.poll()) != null; ) end(entry, Failure.REFUSED);
  }

  private void end(Entry entry, Failure reason) {
    attempt("tell of a proposal's end", () -> entry.proposal.failed(reason));
  }

  private void release() {
    attempt("close snapshots", store::close);
    attempt("close the mark", guard::close);
    if (writer != null) attempt("close the log", writer::close);
    if (storage != null) attempt("unlock the log", storage::close);
  }

  /// Something that has to be done at the end, whatever becomes of the rest.
  @FunctionalInterface
  private interface LastStep {
    void run() throws Exception;
  }

  private void attempt(String what, LastStep step) {
    try {
      step.run();
    } catch (Throwable e) {
      LOG.warn("Partition {}: expected to {}, but it failed", partitionId, what, e);
    }
  }

  // ---- from any thread

  @Override
  public void propose(byte[] content, Proposal proposal) {
    checkSize(content);
    if (!leading) {
      proposal.failed(Failure.REFUSED);
    } else if (waiting.offer(new Entry(content, proposal))) {
      wake();
      // Its thread may have looked for the last time before.
      if (ended) refuseWaiting();
    } else {
      proposal.failed(Failure.OVERLOADED);
    }
  }

  @Override
  public int maxEntryBytes() {
    return settings.maxEntryBytes();
  }

  @Override
  public int leader() {
    return leading && !isEnding() ? nodeId : -1;
  }

  @Override
  public Progress progress() {
    var snapshot = store.getLatestSnapshot();
    LogSyncer started = syncer;
    return new Progress(
        term,
        started == null ? applied : started.committed(),
        applied,
        snapshot == null ? -1 : snapshot.getIndex(),
        leader() >= 0);
  }

  private void look() {
    if (!leading || !snapshots.isDue(System.nanoTime())) return;
    checkpointDue = true;
    wake();
  }

  private void purge(long index) {
    try {
      if (index >= 0 && !isEnding()) writer.purge(index);
    } catch (IOException e) {
      fail(e);
    }
  }

  private void rememberSynced() {
    LogSyncer started = syncer;
    if (started == null || started.committed() == before || failure.get() != null) return;
    try {
      guard.remember(TermIndex.valueOf(term, started.committed()));
    } catch (IOException e) {
      fail(e);
    }
  }

  /// Stops the partition here, for good.
  private void fail(Throwable cause) {
    if (closed.get()) {
      LOG.warn("Partition {}: something failed while it was closed", partitionId, cause);
    } else if (failure.compareAndSet(null, cause)) {
      leading = false;
      wake();
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) return;
    leading = false;
    wake();
    awaitEnd();
    api.logs().remove(this);
  }

  /// A stop must end, whatever the thread waits for; what is on disk does not need it.
  private void awaitEnd() {
    try {
      if (!thread.join(Duration.ofMillis(CLOSE_MS)))
        LOG.warn(
            "Partition {}: expected to stop within {} ms, but it goes on", partitionId, CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
