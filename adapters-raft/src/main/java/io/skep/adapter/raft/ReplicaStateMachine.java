package io.skep.adapter.raft;

import io.skep.adapter.raft.Proposals.Pending;
import io.skep.port.out.LogException;
import io.skep.port.out.PartitionLog.Failure;
import io.skep.port.out.PartitionLog.Proposal;
import io.skep.port.out.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What Ratis calls, turned into calls of the [Replica].
///
/// Ratis applies on one thread for each partition. News of lost leads, failures and snapshots that
/// a leader sends come on others.
final class ReplicaStateMachine extends BaseStateMachine {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaStateMachine.class);
  private static final CompletableFuture<Message> DONE =
      CompletableFuture.completedFuture(Message.EMPTY);

  private final int partitionId;
  private final Replica replica;
  private final Proposals proposals;
  private final SnapshotStore store;
  private final Snapshots snapshots;
  private final LogGuard guard;
  private final Promises promises;
  private final Runnable stop;
  private final AtomicBoolean failed = new AtomicBoolean();
  private volatile boolean leading;
  private volatile boolean closing;
  private volatile LogException refusal;
  private volatile RaftStorage storage;
  private volatile long configurationTerm;

  /// @param stop makes Ratis let go of the partition; called at most once, when it has failed; must
  ///   not block
  ReplicaStateMachine(
      int partitionId,
      Replica replica,
      Proposals proposals,
      SnapshotStore store,
      Snapshots snapshots,
      LogGuard guard,
      Promises promises,
      Runnable stop) {
    this.partitionId = partitionId;
    this.replica = replica;
    this.proposals = proposals;
    this.store = store;
    this.snapshots = snapshots;
    this.guard = guard;
    this.promises = promises;
    this.stop = stop;
  }

  // ---- opening

  @Override
  public void initialize(RaftServer server, RaftGroupId groupId, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, groupId, raftStorage);
    storage = raftStorage;
    getLifeCycle()
        .startAndTransition(
            () -> {
              store.init(raftStorage);
              try {
                guard.inspect(raftStorage);
                TermIndex restored = store.restore(replica);
                if (restored != null) setLastAppliedTermIndex(restored);
                guard.mend(restored);
                promises.open(groupId, raftStorage, this::fail);
              } catch (LogException e) {
                refusal = e;
                throw e;
              }
            },
            IOException.class);
  }

  /// Why this machine did not want to start, or `null`.
  LogException refusal() {
    return refusal;
  }

  /// Frees what Ratis leaves locked after it failed to open the partition.
  void abandon() {
    closing = true;
    promises.close(getGroupId());
    store.close();
    guard.close();
    RaftStorage locked = storage;
    if (locked == null) return;
    try {
      locked.close();
    } catch (IOException e) {
      LOG.warn("Partition {}: expected to unlock {}, but it failed", partitionId, locked, e);
    }
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return store;
  }

  // ---- entries

  @Override
  public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
    var context = TransactionContext.newBuilder().setStateMachine(this).setClientRequest(request);
    if (request.getMessage() instanceof Pending pending)
      return context.setStateMachineContext(pending).build();
    // An empty entry only moves the log on, see Handover. Anything else did not come from here.
    return request.getMessage().getContent().isEmpty()
        ? context.build()
        : context
            .build()
            .setException(
                new IOException("Expected an entry from this process, but it came from outside"));
  }

  @Override
  public TransactionContext preAppendTransaction(TransactionContext context) {
    if (context.getStateMachineContext() instanceof Pending pending) pending.appended();
    return context;
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext context) {
    LogEntryProto entry = context.getLogEntry();
    if (failed.get())
      throw new IllegalStateException("Partition %d has failed".formatted(partitionId));
    try {
      if (context.getStateMachineContext() instanceof Pending pending) {
        apply(entry, pending.content(), pending.applied());
      } else {
        var content = context.getStateMachineLogEntry().getLogData();
        if (!content.isEmpty()) apply(entry, content.toByteArray(), null);
      }
    } catch (RuntimeException | Error e) {
      fail(e);
      // Ends the apply thread: nothing may be applied on top of what is broken.
      throw e;
    }
    updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
    return DONE;
  }

  private void apply(LogEntryProto entry, byte[] content, Proposal own) {
    replica.apply(entry.getIndex(), content, own);
    replica.committed(entry.getIndex());
    snapshots.applied(content.length);
  }

  /// The log's end is about to be dropped, for a leader has sent another. Nothing was applied of
  /// it.
  @Override
  public CompletableFuture<Void> truncate(long fromIndex) {
    try {
      guard.dropping(fromIndex);
    } catch (IOException e) {
      fail(e);
      return CompletableFuture.failedFuture(e);
    }
    return CompletableFuture.completedFuture(null);
  }

  // ---- lead

  boolean isLeading() {
    return leading;
  }

  @Override
  public void notifyConfigurationChanged(
      long term, long index, RaftConfigurationProto configuration) {
    configurationTerm = term;
  }

  /// Comes on the apply thread, right after the first entry of the term was announced as a change
  /// of configuration.
  @Override
  public void notifyLeaderReady() {
    leading = true;
    replica.leading(configurationTerm);
    // The lead may have been lost meanwhile, and the news of it have overtaken this.
    if (!isLeaderForRatis()) lostLead();
  }

  private boolean isLeaderForRatis() {
    try {
      return getServer().join().getDivision(getGroupId()).getInfo().isLeader();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void notifyNotLeader(Collection<TransactionContext> pending) {
    lostLead();
  }

  /// Ends the lead as far as this process is concerned.
  void lostLead() {
    leading = false;
    replica.notLeading();
    proposals.failAll(Failure.LEAD_LOST);
  }

  // ---- snapshots

  @Override
  public long takeSnapshot() {
    try {
      snapshots.take(getLastAppliedTermIndex(), this::purge, this::fail);
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    }
    // What has been written before; what is being written now lets the log be purged when it is
    // done.
    return store.purgeable();
  }

  private void purge(long index) {
    if (index < 0 || closing) return;
    try {
      getServer().join().getDivision(getGroupId()).getRaftLog().purge(index);
    } catch (IOException e) {
      // The partition was closed meanwhile. The next snapshot will do.
      LOG.debug("Partition {}: not purged", partitionId, e);
    }
  }

  /// A leader has sent a snapshot, and Ratis is about to put it where ours are.
  @Override
  public void pause() {
    try {
      store.expectInstalled();
    } catch (IOException e) {
      // The leader is told, and tries again.
      throw new UncheckedIOException(e);
    }
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  /// Comes on the apply thread.
  @Override
  public void reinitialize() throws IOException {
    getLifeCycle().transition(LifeCycle.State.STARTING);
    try {
      setLastAppliedTermIndex(store.restoreInstalled(replica));
    } catch (IOException | RuntimeException e) {
      fail(e);
      throw e;
    }
    getLifeCycle().transition(LifeCycle.State.RUNNING);
  }

  // ---- the end

  @Override
  public void notifyLogFailed(Throwable cause, LogEntryProto entry) {
    fail(cause);
  }

  @Override
  public void notifyServerShutdown(RoleInfoProto role, boolean allServer) {
    closedByRatis();
  }

  @Override
  public void close() {
    closedByRatis();
    promises.close(getGroupId());
    getLifeCycle().checkStateAndClose();
    store.close();
    guard.close();
  }

  private void closedByRatis() {
    if (closing) return;
    fail(
        new IllegalStateException(
            "Expected partition %d to run on, but Ratis closed it: after a pause of the process of a minute or more, or after an error that it has logged"
                .formatted(partitionId)));
  }

  /// From now on it is no failure if Ratis closes the partition.
  void closing() {
    closing = true;
    snapshots.close();
  }

  boolean hasFailed() {
    return failed.get();
  }

  /// Stops the partition here, for good.
  void fail(Throwable cause) {
    if (!failed.compareAndSet(false, true)) return;
    leading = false;
    LOG.error("Partition {} stops", partitionId, cause);
    closing();
    replica.failed(cause);
    proposals.close();
    stop.run();
  }
}
