package io.skep.port.in;

import io.skep.domain.cluster.Topology;
import io.skep.domain.cluster.Topology.Leadership;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.EndJobStream;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.port.in.JobStreaming.Receiver;
import io.skep.port.in.JobStreaming.Terms;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.Membership;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import io.skep.port.out.Scheduler;
import io.skep.port.out.Scheduler.Cancellable;
import java.util.ArrayList;
import java.util.List;

/// The workers that take jobs on the same terms. Keeps some requests waiting at the leader of every
/// partition; each comes back with jobs, is dealt out, and is sent again as long as somebody keeps
/// up.
final class JobStreamGroup {
  /// So many requests wait at each partition: one can be on its way while the other waits.
  private static final int REQUESTS = 2;

  /// After which time a partition that could not be asked is asked again, if nothing is heard of it
  /// before.
  private static final long RETRY_MS = 250;

  /// A request waits as long as it takes. That its broker has gone is noticed otherwise.
  private static final long FOREVER_MS = 365L * 24 * 60 * 60 * 1000;

  record Outside(
      BrokerClient brokers, Membership membership, Scheduler scheduler, CommandGateway commands) {}

  private final Turnstile turnstile = new Turnstile();
  private final StreamJobs request;
  private final Outside outside;
  private final Runnable onLeave;
  private final Runnable onClose;
  private final List<JobStreamMember> members = new ArrayList<>();
  private final List<Source> sources = new ArrayList<>();
  private Topology seen = Topology.unknown();
  private Cancellable retry;

  /// Whose turn it is.
  private int turn;

  private boolean closed;

  /// A partition.
  private static final class Source {
    private Leadership leadership;

    /// How many requests wait there.
    private int waiting;

    /// Raised with each leader: what was sent to another counts no more.
    private int epoch;

    private boolean failed;
  }

  /// @param onLeave told inside the turnstile when a member has left
  /// @param onClose told inside the turnstile when the last is about to: who finds the group closed
  ///   afterwards must find another in its place
  JobStreamGroup(long streamId, Terms terms, Outside outside, Runnable onLeave, Runnable onClose) {
    this.outside = outside;
    this.onLeave = onLeave;
    this.onClose = onClose;
    this.request =
        new StreamJobs(
            streamId,
            terms.type(),
            terms.worker(),
            terms.timeoutMs(),
            terms.fetchVariables(),
            terms.tenantIds(),
            terms.maxBytes(),
            List.of());
  }

  /// Takes a worker in.
  ///
  /// @param otherwise takes it if the group is closed
  void enter(JobStreamMember member, Runnable otherwise) {
    member.enter(this);
    turnstile.pass(
        () -> {
          if (closed) otherwise.run();
          else admit(member);
        });
  }

  private void admit(JobStreamMember member) {
    members.add(member);
    if (member.isGone()) remove(member);
    else sendRequests();
  }

  void leave(JobStreamMember member) {
    turnstile.pass(() -> remove(member));
  }

  private void remove(JobStreamMember member) {
    if (!members.remove(member)) return;
    if (members.isEmpty()) close();
    onLeave.run();
  }

  private void close() {
    onClose.run();
    closed = true;
    if (retry != null) retry.cancel();
    for (int p = 1; p <= sources.size(); p++) {
      Source source = sources.get(p - 1);
      if (source.waiting == 0 || source.leadership == null) continue;
      var end = new EndJobStream(request.streamId(), request.type());
      // If it does not arrive, jobs come back to nobody and are given back, until the leader
      // notices.
      outside.brokers().send(source.leadership.leader(), p, end, RETRY_MS * 4, _ -> {});
    }
  }

  /// There may be somebody to ask, or to ask for.
  void askAll() {
    turnstile.pass(this::sendRequests);
  }

  private void sendRequests() {
    refresh();
    if (closed || members.stream().noneMatch(member -> member.receiver.isReady())) return;
    for (int p = 1; p <= sources.size(); p++) {
      Source source = sources.get(p - 1);
      while (source.leadership != null && !source.failed && source.waiting < REQUESTS) {
        ask(p, source);
      }
    }
  }

  private void refresh() {
    Topology now = outside.membership().topology();
    if (now == seen) return;
    seen = now;
    while (sources.size() < now.partitionCount()) sources.add(new Source());
    for (int p = 1; p <= sources.size(); p++) {
      Source source = sources.get(p - 1);
      Leadership leadership = now.leadershipOf(p);
      boolean same = Leadership.areSame(source.leadership, leadership);
      source.leadership = leadership;
      if (same) continue;
      source.epoch++;
      source.waiting = 0;
      source.failed = false;
    }
  }

  private void ask(int partitionId, Source source) {
    source.waiting++;
    int epoch = source.epoch;
    outside
        .brokers()
        .send(
            source.leadership.leader(),
            partitionId,
            request,
            FOREVER_MS,
            reply -> turnstile.pass(() -> onReply(partitionId, source, epoch, reply)));
  }

  private void onReply(int partitionId, Source source, int epoch, Reply reply) {
    boolean current = epoch == source.epoch;
    if (current) source.waiting--;
    switch (reply) {
      case Answered(JobsActivated(var jobs, _)) -> {
        if (!jobs.isEmpty()) deal(jobs);
      }
      // There is nothing wrong with the request, or it would not have been let in.
      case Answered _ -> {
        if (current) tryLater(source);
      }
      case Refused(Reason reason, _, int leader) -> {
        if (current) tryLater(source);
        if (reason == Reason.NOT_LEADER && leader >= 0) {
          outside.membership().correct(partitionId, leader);
        }
      }
    }
    sendRequests();
  }

  private void tryLater(Source source) {
    source.failed = true;
    if (retry != null || closed) return;
    retry =
        outside
            .scheduler()
            .schedule(
                RETRY_MS,
                () ->
                    turnstile.pass(
                        () -> {
                          retry = null;
                          for (Source each : sources) each.failed = false;
                          sendRequests();
                        }));
  }

  /// Deals jobs out to those that keep up. If somebody did before these jobs, all of them are
  /// delivered, even if that is more than he takes at once.
  private void deal(List<ActivatedJob> jobs) {
    boolean anyReady = members.stream().anyMatch(member -> member.receiver.isReady());
    var undelivered = new ArrayList<ActivatedJob>();
    for (ActivatedJob job : jobs) {
      if (!anyReady || !(deliver(job, true) || deliver(job, false))) undelivered.add(job);
    }
    if (!undelivered.isEmpty()) giveBack(undelivered);
  }

  private boolean deliver(ActivatedJob job, boolean onlyIfReady) {
    for (int i = 0; i < members.size(); i++) {
      Receiver receiver = members.get(Math.floorMod(turn++, members.size())).receiver;
      if (onlyIfReady && !receiver.isReady()) continue;
      if (receiver.onJob(job)) return true;
    }
    return false;
  }

  /// If this fails as well the jobs come back when their time is over.
  private void giveBack(List<ActivatedJob> jobs) {
    outside.commands().send(YieldJobs.of(jobs), 0, _ -> {});
  }
}
