package io.skep.port.in;

import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Engine;
import io.skep.domain.engine.Outcome;
import io.skep.domain.engine.Record;
import io.skep.domain.engine.element.ElementCommand.ContinueFollowUps;
import io.skep.domain.engine.store.Archive;
import io.skep.port.in.NodeStatus.PartitionReport;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.Checkpoint;
import io.skep.port.out.LogCodec;
import io.skep.port.out.PartitionLog;
import io.skep.port.out.PartitionMetrics.Work;
import io.skep.port.out.Replica;
import io.skep.port.out.Reply;
import io.skep.port.out.StoredState;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// This broker's replica of one partition: runs what the log holds, and if it leads, answers and
/// does what the turns ask of the outside.
final class PartitionReplica implements Replica {
  private static final long RETRY_MS = 100;

  private final int partitionId;
  private final PartitionEnvironment environment;
  private final InFlightLimit limit;
  private final Sequencer sequencer;
  private final JobWaiters jobWaiters;
  private final JobStreams jobStreams;
  private final DueTrigger dueTrigger;
  private final MailSender mailSender;
  private final EngineObserver observer;
  private final DeferredRequests deferred;
  private final EngineTurns turns;
  private final Intake intake;
  private final Withheld withheld = new Withheld();
  private final Answers answers;
  private volatile boolean continuing;
  private long termBeforeOpen;
  private volatile PartitionLog log;
  private volatile PartitionRole role = PartitionRole.INACTIVE;
  private volatile boolean broken;
  private volatile long position;
  private volatile long term;

  PartitionReplica(int partitionId, PartitionEnvironment environment) {
    this.partitionId = partitionId;
    this.environment = environment;
    this.limit = new InFlightLimit(environment.settings().limit());
    this.sequencer =
        new Sequencer(
            partitionId,
            environment.codec(),
            environment.clock(),
            limit,
            environment.disk()::isEnoughToProcess);
    this.jobWaiters = new JobWaiters(partitionId, environment.log());
    this.jobStreams =
        new JobStreams(
            environment.codec(),
            environment.clock(),
            environment.scheduler(),
            sequencer::submit,
            jobWaiters::jobsAvailable);
    this.dueTrigger = new DueTrigger(environment.clock(), environment.scheduler(), this::propose);
    this.mailSender = new MailSender(partitionId, environment, this::propose);
    this.observer = new EngineObserver(partitionId, environment.metrics());
    this.deferred = new DeferredRequests(partitionId, environment.clock());
    this.turns = new EngineTurns(partitionId, environment);
    this.intake =
        new Intake(
            partitionId, environment, sequencer, jobWaiters, jobStreams, deferred, mailSender);
    this.answers =
        new Answers(
            partitionId,
            environment,
            sequencer,
            deferred,
            new JobNews(turns, observer, jobWaiters, jobStreams),
            withheld);
  }

  /// @param log what drives this replica. It may have been made leader before the log was handed
  ///   over: then it begins to lead now, and until then nothing can have been proposed.
  synchronized void opened(PartitionLog log) {
    this.log = log;
    sequencer.use(log);
    if (termBeforeOpen > 0) lead(termBeforeOpen);
    else become(PartitionRole.FOLLOWER, log.progress().term());
  }

  void submit(Command command, byte[] encoded, JobsAvailable session, Reply.Listener listener) {
    intake.submit(command, encoded, session, listener);
  }

  /// Proposes a command of this broker itself, again and again while it leads.
  private void propose(Command command, Reply.Listener listener) {
    byte[] encoded = environment.codec().encode(command);
    Reply.Listener retrying =
        reply -> {
          if (reply instanceof Reply.Refused && sequencer.isLeading()) {
            environment.scheduler().schedule(RETRY_MS, () -> propose(command, listener));
          } else {
            listener.onReply(reply);
          }
        };
    sequencer.submit(
        new Pending(command, encoded, null, retrying, false, environment.clock().nanoTime()));
  }

  @Override
  public void apply(long index, byte[] content, PartitionLog.Proposal own) {
    long startNanos = environment.clock().nanoTime();
    boolean done = false;
    try {
      turns.inTurn(() -> applyInTurn(index, content, own));
      done = true;
    } finally {
      if (!done) withheld.undone();
    }
    long nanos = environment.clock().nanoTime() - startNanos;
    environment.metrics().busy(partitionId, Work.ENTRY, nanos);
  }

  private void applyInTurn(long index, byte[] content, PartitionLog.Proposal own) {
    long startNanos = environment.clock().nanoTime();
    long before = turns.engine().position();
    int count;
    if (own instanceof Sequencer.Batch batch) {
      count = batch.commands.size();
      runOwn(batch);
    } else {
      LogCodec.Entry entry = environment.codec().decodeEntry(content);
      checkLogicVersion(entry.batch(), index);
      count = entry.commands().size();
      for (int i = 0; i < count; i++)
        answers.conclude(null, 0, run(entry.commands().get(i), entry.batch(), i));
    }
    position = turns.engine().position();
    turns.applied();
    if (sequencer.isLeading()) dueTrigger.arm(turns.engine().nextDueAtMs());
    long nanos = environment.clock().nanoTime() - startNanos;
    environment.metrics().applied(partitionId, count, (int) (position - before), position, nanos);
    answers.prompt();
    if (sequencer.isLeading()) lookAfter(withheld::add);
    if (own instanceof Sequencer.Batch batch) {
      sequencer.applied();
      withheld.add(new EndOfBatch(batch));
    }
    withheld.applied(index);
  }

  private void runOwn(Sequencer.Batch batch) {
    int i = 0;
    try {
      for (; i < batch.commands.size(); i++) {
        Pending pending = batch.commands.get(i);
        answers.conclude(
            pending, batch.stamp.firstRequest() + i, run(pending.command(), batch.stamp, i));
      }
    } finally {
      batch.ran(i);
    }
  }

  /// What comes last of an entry of this member.
  private final class EndOfBatch implements Withheld.News {
    private final Sequencer.Batch batch;

    EndOfBatch(Sequencer.Batch batch) {
      this.batch = batch;
    }

    @Override
    public void tell() {
      sequencer.answered(batch);
      environment.metrics().inFlight(partitionId, sequencer.inFlight(), limit.current());
    }

    @Override
    public void withdraw() {
      sequencer.withdrawn(batch);
    }
  }

  @Override
  public void committed(long index) {
    withheld.tell(index);
  }

  private void checkLogicVersion(LogCodec.Batch batch, long index) {
    if (batch.logicVersion() > Engine.LOGIC_VERSION) {
      throw new IllegalStateException(
          "Expected log entry %d of partition %d to need logic version %d at most, but it needs %d: start a newer version of this program"
              .formatted(index, partitionId, Engine.LOGIC_VERSION, batch.logicVersion()));
    }
  }

  private Outcome run(Command command, LogCodec.Batch stamp, int i) {
    Outcome outcome =
        turns.engine().process(command, stamp.timeMs(), stamp.seedOf(i), stamp.firstRequest() + i);
    if (environment.records().isOpen()) {
      // The list is the engine's and is used again.
      List<Record> records = List.copyOf(outcome.records());
      withheld.add(() -> environment.records().accept(partitionId, records));
    }
    // Sums over all brokers are what happened, not that times the replicas.
    if (sequencer.isLeading()) {
      observer.observe(outcome);
      if (outcome.hasMail()) mailSender.wake();
    }
    if (outcome.fault() != null) {
      environment
          .log()
          .error(
              "Partition %d undid a %s that met a fault in the engine"
                  .formatted(partitionId, command.getClass().getSimpleName()),
              outcome.fault());
    }
    return outcome;
  }

  /// Does what has to be done without being asked.
  ///
  /// @param whenCommitted does something once what has been applied so far is committed
  private void lookAfter(Consumer<Withheld.News> whenCommitted) {
    if (turns.engine().hasBacklog() && !continuing) {
      continuing = true;
      propose(new ContinueFollowUps(), _ -> continuing = false);
    }
    mailSender.send(turns.engine().state().mailboxes(), whenCommitted);
  }

  @Override
  public synchronized void leading(long term) {
    if (log == null) termBeforeOpen = term;
    else lead(term);
  }

  private void lead(long term) {
    turns.inTurn(() -> leadInTurn(term));
  }

  private void leadInTurn(long term) {
    jobWaiters.reset();
    jobStreams.refuseAll(sequencer::refuseNotLeader);
    turns.engine().state().jobs().activatableTypes().forEach(jobWaiters::jobsAvailable);
    continuing = false;
    sequencer.lead(term, turns.engine().nowMs());
    jobStreams.lead();
    become(PartitionRole.LEADER, term);
    dueTrigger.reset();
    dueTrigger.arm(turns.engine().nextDueAtMs());
    mailSender.reset();
    lookAfter(Withheld.News::tell);
    environment
        .log()
        .info("Partition %d is led by this broker, term %d".formatted(partitionId, term));
  }

  @Override
  public void hold() {
    sequencer.hold();
  }

  @Override
  public void release() {
    sequencer.release();
  }

  @Override
  public boolean isDrained() {
    return sequencer.isDrained();
  }

  @Override
  public boolean isAwaited() {
    return !deferred.isEmpty();
  }

  @Override
  public synchronized void notLeading() {
    termBeforeOpen = 0;
    boolean wasLeading = sequencer.isLeading();
    sequencer.follow();
    dueTrigger.stop();
    mailSender.stop();
    deferred.failAll(sequencer.leader());
    jobWaiters.reset();
    intake.refuseStreams();
    if (wasLeading) become(PartitionRole.FOLLOWER, term);
  }

  @Override
  public void failed(Throwable cause) {
    broken = true;
    notLeading();
    withheld.withdraw();
    become(PartitionRole.INACTIVE, term);
    environment
        .log()
        .error("Partition %d has stopped: its log cannot go on".formatted(partitionId), cause);
  }

  /// What the broker itself has to do waits while there is no room.
  void roomChanged() {
    synchronized (this) {
      if (role != PartitionRole.INACTIVE) become(role, term);
    }
    sequencer.roomChanged();
  }

  private boolean isWell() {
    return !broken && environment.disk().isEnoughToProcess();
  }

  private synchronized void become(PartitionRole role, long term) {
    this.role = role;
    this.term = term;
    environment.membership().publish(new PartitionState(partitionId, role, term, isWell()));
    environment
        .metrics()
        .role(
            partitionId, role == PartitionRole.LEADER ? 3 : role == PartitionRole.FOLLOWER ? 1 : 0);
  }

  @Override
  public void use(Archive archive) {
    turns.use(archive);
  }

  @Override
  public Checkpoint checkpoint() {
    return turns.checkpoint();
  }

  @Override
  public boolean wantsCheckpoint() {
    return turns.wantsCheckpoint();
  }

  @Override
  public void restore(StoredState stored) throws IOException {
    turns.restore(stored);
    position = turns.engine().position();
  }

  /// Gives the lead to whoever should rather have it.
  void rebalance() {
    PartitionLog open = log;
    if (open != null) open.rebalance();
  }

  /// Takes no more commands, and waits for those on their way.
  void stopIntake() {
    intake.stop();
  }

  /// Commands on their way that will be answered soon; those that wait for something to happen do
  /// not count.
  int inFlight() {
    return sequencer.inFlight();
  }

  void close() {
    notLeading();
    become(PartitionRole.INACTIVE, term);
    PartitionLog open = log;
    if (open != null) open.close();
    // Unless the disk did not answer in time.
    withheld.withdraw();
  }

  void forget(JobsAvailable session) {
    intake.forget(session);
  }

  PartitionReport report() {
    PartitionLog open = log;
    if (open == null)
      return new PartitionReport(partitionId, role.name(), 0, position, -1, -1, -1, false);
    PartitionLog.Progress progress = open.progress();
    return new PartitionReport(
        partitionId,
        role.name(),
        progress.term(),
        position,
        progress.committedIndex(),
        progress.appliedIndex(),
        progress.snapshotIndex(),
        progress.healthy() && isWell());
  }
}
