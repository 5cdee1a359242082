package io.skep.port.in;

import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.port.out.Reply;
import io.skep.port.out.Scheduler.Cancellable;
import java.util.List;

/// A worker's request for jobs. Belongs to its [JobLine], but for [#cancel].
final class JobRequest implements JobActivation.Request {
  final ActivateJobs command;

  /// How long it may wait, negative if not at all.
  final long waitMs;

  final long startNanos;
  private final JobActivation.Receiver receiver;

  /// Its place in the line.
  long number;

  /// Set while it has a time at which it ends.
  Cancellable timer;

  boolean expired;
  private int wanted;
  private boolean ended;
  private volatile boolean cancelled;
  private volatile JobLine line;

  JobRequest(ActivateJobs command, long waitMs, long startNanos, JobActivation.Receiver receiver) {
    this.command = command;
    this.waitMs = waitMs;
    this.startNanos = startNanos;
    this.receiver = receiver;
    this.wanted = command.maxJobs();
  }

  void enter(JobLine line) {
    this.line = line;
  }

  @Override
  public void cancel() {
    cancelled = true;
    line.leave(this);
  }

  boolean isCancelled() {
    return cancelled;
  }

  boolean isEnded() {
    return ended;
  }

  /// How many jobs it can still take. What makes no sense is left to the partition to reject.
  int wanted() {
    return wanted;
  }

  /// Whether a partition would reject it.
  boolean isOdd() {
    return command.maxJobs() < 0 || command.timeoutMs() < 1 || command.type().isBlank();
  }

  /// @return whether they are delivered
  boolean deliver(List<ActivatedJob> jobs) {
    if (cancelled || ended || !receiver.onJobs(jobs)) return false;
    wanted -= jobs.size();
    return true;
  }

  /// Ends it without a reason to give.
  void end() {
    if (close()) receiver.onDone();
  }

  void fail(Reply reply) {
    if (close()) receiver.onFailure(reply);
  }

  private boolean close() {
    if (ended) return false;
    ended = true;
    if (timer != null) timer.cancel();
    return !cancelled;
  }
}
