package io.skep.port.in;

import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Engine;
import io.skep.domain.engine.Outcome;
import io.skep.domain.engine.element.ElementCommand.ContinueFollowUps;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.EndJobStream;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import io.skep.domain.engine.signal.SignalCommand.BroadcastSignal;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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

  /// Answers of the entry that is being applied: given once all of it is applied, so that no client
  /// delays another.
  private final List<Runnable> answers = new ArrayList<>();

  private final EngineTurns turns;
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
    environment.metrics().received(partitionId);
    if (command instanceof StreamJobs || command instanceof EndJobStream) {
      stream(command, encoded, session, harmless(listener));
      return;
    }
    if (session != null
        && command instanceof ActivateJobs activate
        && isPlausible(activate)
        && sequencer.isLeading()
        && !jobWaiters.hasJobsOrWait(activate.type(), session)) {
      listener.onReply(new Reply.Answered(new Answer.JobsActivated(List.of(), false)));
      return;
    }
    if (!environment.disk().isEnoughToProcess()) {
      refuseForWantOfRoom(listener);
      return;
    }
    String tooMuch = tooMuch(command);
    if (tooMuch != null && sequencer.isLeading()) {
      harmless(listener).onReply(new Reply.Refused(Reply.Reason.RESOURCE_EXHAUSTED, tooMuch, -1));
      return;
    }
    sequencer.submit(
        new Pending(
            command,
            encoded,
            session,
            harmless(listener),
            Sequencer.isLimited(command),
            environment.clock().nanoTime()));
  }

  /// Why a command cannot be taken that would make what waits here even more; else `null`.
  private String tooMuch(Command command) {
    int full = mailSender.fullFor();
    return switch (command) {
      case CreateProcessInstance create when create.result() != null && deferred.isFull() ->
          "Expected at most %d requests on partition %d to wait for the result of an instance, but there are as many: try again later"
              .formatted(DeferredRequests.FULL, partitionId);
      case CreateProcessInstance _, PublishMessage _, BroadcastSignal _ when full > 0 ->
          "Expected fewer than %d messages to wait on partition %d for partition %d, but there are as many: try again later"
              .formatted(MailSender.FULL, partitionId, full);
      default -> null;
    };
  }

  private void refuseForWantOfRoom(Reply.Listener listener) {
    if (!sequencer.isLeading()) {
      listener.onReply(sequencer.notLeader());
      return;
    }
    harmless(listener)
        .onReply(
            new Reply.Refused(
                Reply.Reason.RESOURCE_EXHAUSTED,
                "%s: partition %d takes no commands until there is"
                    .formatted(environment.disk().shortage(), partitionId),
                -1));
  }

  private void stream(
      Command command, byte[] encoded, JobsAvailable session, Reply.Listener listener) {
    var pending =
        new Pending(command, encoded, session, listener, false, environment.clock().nanoTime());
    switch (command) {
      case EndJobStream(long streamId, String type) -> {
        jobStreams.end(type, session, streamId);
        pending.answer(new Answer.Done(0));
      }
      default -> {
        if (!jobStreams.await(pending)) sequencer.refuseNotLeader(pending);
      }
    }
    environment.metrics().openJobStreams(partitionId, jobStreams.open());
  }

  private Reply.Listener harmless(Reply.Listener listener) {
    return new HarmlessListener(partitionId, environment, listener);
  }

  /// What is wrong with a request is for the engine to say, even if there are no jobs.
  private static boolean isPlausible(ActivateJobs command) {
    return !command.type().isBlank() && command.maxJobs() > 0 && command.timeoutMs() > 0;
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
    turns.inTurn(() -> applyInTurn(index, content, own));
    long nanos = environment.clock().nanoTime() - startNanos;
    environment.metrics().busy(partitionId, Work.ENTRY, nanos);
  }

  private void applyInTurn(long index, byte[] content, PartitionLog.Proposal own) {
    long startNanos = environment.clock().nanoTime();
    long before = turns.engine().position();
    int count;
    if (own instanceof Sequencer.Batch batch) {
      count = batch.commands.size();
      for (int i = 0; i < count; i++) {
        Pending pending = batch.commands.get(i);
        conclude(pending, batch.stamp.firstRequest() + i, run(pending.command(), batch.stamp, i));
      }
    } else {
      LogCodec.Entry entry = environment.codec().decodeEntry(content);
      checkLogicVersion(entry.batch(), index);
      count = entry.commands().size();
      for (int i = 0; i < count; i++)
        conclude(null, 0, run(entry.commands().get(i), entry.batch(), i));
    }
    position = turns.engine().position();
    turns.applied();
    if (sequencer.isLeading()) dueTrigger.arm(turns.engine().nextDueAtMs());
    long nanos = environment.clock().nanoTime() - startNanos;
    environment.metrics().applied(partitionId, count, (int) (position - before), position, nanos);
    deliver();
    if (sequencer.isLeading()) lookAfter();
    if (own instanceof Sequencer.Batch batch) {
      sequencer.done(batch);
      environment.metrics().inFlight(partitionId, sequencer.inFlight(), limit.current());
    }
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
    if (environment.records().isOpen())
      environment.records().accept(partitionId, outcome.records());
    // Sums over all brokers are what happened, not that times the replicas.
    if (sequencer.isLeading()) observer.observe(outcome);
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

  /// @param pending who waits for the command, `null` if that is not this member's matter
  private void conclude(Pending pending, long request, Outcome outcome) {
    if (pending != null) {
      if (outcome.answer() == null) {
        defer(pending, request);
      } else {
        Answer answer = outcome.answer();
        answers.add(() -> answer(pending, answer));
      }
    }
    for (Outcome.Reply reply : outcome.replies()) {
      DeferredRequests.Waiting waiting = deferred.remove(reply.request());
      if (waiting == null) continue;
      Answer answer = reply.answer();
      answers.add(
          () -> {
            answered(waiting.arrivedNanos());
            waiting.answer(answer);
          });
    }
    for (long abandoned : outcome.abandoned()) {
      DeferredRequests.Waiting waiting = deferred.remove(abandoned);
      if (waiting != null) answers.add(waiting::abandon);
    }
    if (!sequencer.isLeading()) return;
    // Whoever waits is told after all of the entry is applied; by then somebody may have the jobs
    // already.
    Set<String> offered =
        jobStreams.open() == 0
            ? Set.of()
            : jobStreams.offer(outcome, turns.engine().state().jobs());
    for (String type : outcome.availableJobTypes()) {
      answers.add(
          offered.contains(type) ? () -> jobStreams.dispatch(type) : () -> tellOfJobs(type));
    }
    for (String type : observer.handedOutTypes()) {
      if (!turns.engine().state().jobs().hasActivatable(type)) jobWaiters.exhausted(type);
    }
    if (outcome.hasMail()) mailSender.wake();
  }

  private void tellOfJobs(String type) {
    if (turns.engine().state().jobs().hasActivatable(type)) jobWaiters.jobsAvailable(type);
  }

  private void answer(Pending pending, Answer answer) {
    if (answer instanceof Answer.JobsActivated(var jobs, boolean truncated)
        && jobs.isEmpty()
        && !truncated
        && pending.session() != null
        && pending.command() instanceof ActivateJobs activate) {
      // Streams may have taken what was there without anybody being told that it has gone.
      if (!turns.engine().state().jobs().hasActivatable(activate.type())) {
        jobWaiters.exhausted(activate.type());
      }
      jobWaiters.wait(activate.type(), pending.session());
    }
    if (pending.command() instanceof StreamJobs
        && answer instanceof Answer.JobsActivated(var jobs, _)) {
      environment.metrics().pushed(partitionId, jobs.size());
    }
    answered(pending.arrivedNanos());
    pending.answer(answer);
  }

  private void answered(long arrivedNanos) {
    environment.metrics().answered(partitionId, environment.clock().nanoTime() - arrivedNanos);
  }

  private void defer(Pending pending, long request) {
    deferred.add(request, pending);
    // It may be in vain if the lead was lost meanwhile.
    if (!sequencer.isLeading()) failDeferred();
  }

  private void failDeferred() {
    deferred.failAll(log == null ? -1 : log.leader());
  }

  /// Does what has to be done without being asked.
  private void lookAfter() {
    if (turns.engine().hasBacklog() && !continuing) {
      continuing = true;
      propose(new ContinueFollowUps(), _ -> continuing = false);
    }
    mailSender.send(turns.engine().state().mailboxes());
  }

  private void deliver() {
    // An answer may bring the next command, but never an apply: the log calls from this one thread.
    for (int i = 0; i < answers.size(); i++) answers.get(i).run();
    answers.clear();
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
    lookAfter();
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
    failDeferred();
    jobWaiters.reset();
    refuseStreams();
    if (wasLeading) become(PartitionRole.FOLLOWER, term);
  }

  private void refuseStreams() {
    jobStreams.refuseAll(sequencer::refuseNotLeader);
    environment.metrics().openJobStreams(partitionId, 0);
  }

  @Override
  public void failed(Throwable cause) {
    broken = true;
    notLeading();
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
    sequencer.stop();
    refuseStreams();
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
  }

  void forget(JobsAvailable session) {
    jobWaiters.forget(session);
    jobStreams.forget(session);
    environment.metrics().openJobStreams(partitionId, jobStreams.open());
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
