package io.skep.adapter.raft;

import io.skep.adapter.raft.Housekeeping.Cancellable;
import io.skep.domain.cluster.PartitionDistribution.Replicas;
import io.skep.port.out.LogException;
import io.skep.port.out.Replica;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A partition's log as a group of Ratis.
final class RatisPartitionLog implements MemberLog {
  private static final Logger LOG = LoggerFactory.getLogger(RatisPartitionLog.class);

  /// A lost majority should be noticed soon.
  private static final long LOOK_MS = 100;

  private final Replicas partition;
  private final InternalApiSettings settings;
  private final RunningApi api;
  private final Proposals proposals = new Proposals();
  private final SnapshotStore store;
  private final Snapshots snapshots;
  private final ReplicaStateMachine machine;
  private final RatisGroup group;
  private final Watchdog watchdog;
  private final Handover handover;
  private final Succession succession;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final LogGuard guard;
  private final List<Cancellable> care;

  /// See [io.skep.port.out.PartitionLogs#open].
  static RatisPartitionLog open(
      Replicas partition, Replica replica, InternalApiSettings settings, RunningApi api) {
    var log = new RatisPartitionLog(partition, replica, settings, api);
    api.logs().add(log);
    return log;
  }

  private RatisPartitionLog(
      Replicas partition, Replica replica, InternalApiSettings settings, RunningApi api) {
    this.partition = partition;
    this.settings = settings;
    this.api = api;
    int id = partition.partitionId();
    var ratisGroup = RatisServer.group(settings.clusterName(), partition);
    UUID uuid = ratisGroup.getGroupId().getUuid();
    api.marker().expectLog(id, uuid);

    store = new SnapshotStore(id, uuid);
    snapshots = new Snapshots(store, api.housekeeping().snapshots(), replica, id, settings);
    guard = new LogGuard(id, RatisProperties.appendBytes(settings));
    machine =
        new ReplicaStateMachine(
            id,
            replica,
            proposals,
            store,
            snapshots,
            guard,
            api.server().promises(),
            this::leaveSoon);
    try {
      group = api.server().join(ratisGroup, machine);
    } catch (IOException e) {
      throw refused(uuid, e);
    }
    api.marker().remember(id, uuid);
    watchdog = new Watchdog(group, machine, proposals, id, settings);
    handover = new Handover(group, replica, partition, settings);
    succession = new Succession(group, partition, settings);
    care =
        List.of(
            api.housekeeping().every(LOOK_MS, this::look),
            // By itself: it may have to wait for the disk.
            api.housekeeping().every(LogGuard.LOOK_MS, this::rememberSynced));
  }

  private LogException refused(UUID uuid, IOException e) {
    machine.abandon();
    if (machine.refusal() != null) return machine.refusal();
    return LostState.cannotOpen(api.marker().logOf(uuid), partition.partitionId(), e);
  }

  @Override
  public void propose(byte[] content, Proposal proposal) {
    // Ratis lets a leader step down that gets an entry too large for it.
    checkSize(content);
    if (!machine.isLeading()) {
      proposal.failed(Failure.REFUSED);
      return;
    }
    var pending = proposals.begin(content, proposal);
    if (!pending.hasEnded()) group.submit(pending, proposals.forgettable());
  }

  @Override
  public int maxEntryBytes() {
    return settings.maxEntryBytes();
  }

  @Override
  public int leader() {
    return closed.get() || machine.hasFailed() ? -1 : group.leader();
  }

  @Override
  public Progress progress() {
    var snapshot = store.getLatestSnapshot();
    boolean healthy = leader() >= 0 && group.isRunning() && !watchdog.isAlarmed();
    return new Progress(
        group.term(),
        group.committedIndex(),
        group.appliedIndex(),
        snapshot == null ? -1 : snapshot.getIndex(),
        healthy);
  }

  @Override
  public void rebalance() {
    handover.hurry();
  }

  /// Ratis believes what a follower acknowledged to this leader in its former life: asked by
  /// heartbeats alone, the two would disagree for ever about where to go on. And it counts no vote
  /// of a member without entries, so that an idle partition would be left without a majority by the
  /// next failure.
  @Override
  public void writeNothing() {
    if (closed.get() || !machine.isLeading()) return;
    try {
      group.submitNothing();
    } catch (IOException e) {
      // It is being closed.
      LOG.debug("Partition {}: nothing written", partition.partitionId(), e);
    }
  }

  @Override
  public void vanished(int nodeId, Collection<Integer> present) {
    if (!closed.get() && !machine.hasFailed()) succession.vanished(nodeId, present);
  }

  private void look() {
    if (closed.get() || machine.hasFailed()) return;
    long now = System.nanoTime();
    watchdog.look(now);
    if (machine.isLeading()) handover.balance(now);
    if (snapshots.isDue(now)) requestSnapshot();
  }

  private void rememberSynced() {
    if (machine.hasFailed()) return;
    try {
      guard.remember(group.synced());
    } catch (IOException e) {
      machine.fail(e);
    }
  }

  private void requestSnapshot() {
    try {
      group.requestSnapshot();
    } catch (IOException e) {
      // It is being closed.
      LOG.debug("Partition {}: no snapshot", partition.partitionId(), e);
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) return;
    care.forEach(Cancellable::cancel);
    if (machine.isLeading()) handover.handOver();
    machine.closing();
    proposals.close();
    rememberSynced();
    leave();
    api.logs().remove(this);
  }

  /// After a failure, so that another member can lead. Comes from Ratis' threads, which leaving
  /// would wait for.
  private void leaveSoon() {
    Thread.startVirtualThread(this::leave);
  }

  private void leave() {
    try {
      api.server().leave(RatisServer.group(settings.clusterName(), partition).getGroupId());
    } catch (IOException e) {
      // It has left before.
      LOG.debug("Partition {}: not left", partition.partitionId(), e);
    }
  }
}
