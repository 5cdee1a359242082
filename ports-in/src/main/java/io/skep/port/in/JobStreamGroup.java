package io.skep.port.in;

import io.skep.domain.cluster.Topology;
import io.skep.domain.cluster.Topology.Leadership;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.EndJobStream;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.port.in.JobStreaming.Receiver;
import io.skep.port.in.JobStreaming.Stream;
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
import java.util.function.BiConsumer;

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
  private final Terms terms;
  private final StreamJobs request;
  private final Outside outside;
  private final BiConsumer<Terms, JobStreamGroup> onClose;
  private final List<Member> members = new ArrayList<>();
  private final List<Source> sources = new ArrayList<>();
  private Topology seen = Topology.unknown();
  private Cancellable retry;

  /// Whose turn it is.
  private int turn;

  private boolean closed;

  /// Guarded by `this`: how many have joined and not left.
  private int joined;

  /// Guarded by `this`: nobody can join any more.
  private boolean left;

  /// A partition.
  private static final class Source {
    private Leadership leadership;

    /// How many requests wait there.
    private int waiting;

    /// Raised with each leader: what was sent to another counts no more.
    private int epoch;

    private boolean failed;
  }

  /// @param onClose told when the last member has left
  JobStreamGroup(
      long streamId, Terms terms, Outside outside, BiConsumer<Terms, JobStreamGroup> onClose) {
    this.terms = terms;
    this.outside = outside;
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

  /// @param onLeave told when this member has left
  /// @return `null` if the group is closed
  Stream join(Receiver receiver, Runnable onLeave) {
    synchronized (this) {
      if (left) return null;
      joined++;
    }
    var member = new Member(receiver, onLeave);
    turnstile.pass(
        () -> {
          members.add(member);
          askAll();
        });
    return member;
  }

  private final class Member implements Stream {
    private final Receiver receiver;
    private final Runnable onLeave;
    private boolean gone;

    Member(Receiver receiver, Runnable onLeave) {
      this.receiver = receiver;
      this.onLeave = onLeave;
    }

    @Override
    public void ready() {
      turnstile.pass(JobStreamGroup.this::askAll);
    }

    @Override
    public void close() {
      boolean last;
      synchronized (JobStreamGroup.this) {
        if (gone) return;
        gone = true;
        last = --joined == 0;
        left |= last;
      }
      if (last) onClose.accept(terms, JobStreamGroup.this);
      turnstile.pass(
          () -> {
            members.remove(this);
            if (last) end();
          });
      onLeave.run();
    }
  }

  private void end() {
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

  /// The topology may have changed.
  void topologyChanged() {
    turnstile.pass(this::askAll);
  }

  private void askAll() {
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
    askAll();
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
                          askAll();
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
