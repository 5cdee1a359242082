package io.skep.port.in;

import io.skep.domain.cluster.Topology.Leadership;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.util.List;

/// One request's way over some partitions, one after the other. Runs inside its line's turnstile.
final class JobPass {
  /// How often a leader that was just learned of is asked at once.
  private static final int MOST_REDIRECTS = 3;

  private final JobLine line;
  private final JobRequest request;
  private final int[] partitionIds;
  private final boolean full;

  private int next;

  /// What it waits for, `null` if for nothing.
  private Question current;

  private int redirects;
  private boolean delivered;

  /// A partition had too much to do.
  private boolean exhausted;

  /// @param number what [PartitionNews] knows it by
  private record Question(int partitionId, Leadership asked, long number) {}

  /// @param full whether these are all partitions, to be asked whatever is known of them; if not
  ///   they are only asked if that is still worth it when their turn comes
  JobPass(JobLine line, JobRequest request, int[] partitionIds, boolean full) {
    this.line = line;
    this.request = request;
    this.partitionIds = partitionIds;
    this.full = full;
  }

  JobRequest request() {
    return request;
  }

  boolean isFull() {
    return full;
  }

  boolean hasDelivered() {
    return delivered;
  }

  boolean isExhausted() {
    return exhausted;
  }

  void goOn() {
    while (next < partitionIds.length && !isOver()) {
      int partitionId = partitionIds[next++];
      PartitionNews news = line.news(partitionId);
      if (full ? news.leadership() != null : news.isWorthAsking()) {
        ask(partitionId);
        return;
      }
    }
    line.passEnded(this);
  }

  private boolean isOver() {
    return request.isCancelled()
        || request.isEnded()
        || request.expired
        || (delivered && request.wanted() <= 0);
  }

  private void ask(int partitionId) {
    PartitionNews news = line.news(partitionId);
    var question = new Question(partitionId, news.leadership(), news.ask());
    current = question;
    line.outside()
        .brokers()
        .send(
            question.asked().leader(),
            partitionId,
            request.command.withMaxJobs(request.wanted()),
            line.outside().settings().requestTimeout().toMillis(),
            reply ->
                line.run(
                    () -> {
                      onReply(question, reply);
                      line.wake();
                    }));
  }

  /// Does not wait for a leader that no longer leads: it may have stopped in the middle, and the
  /// answer might be as long in coming as the longest request may take.
  void leadersChanged() {
    Question question = current;
    if (question == null) return;
    Leadership now = line.news(question.partitionId()).leadership();
    if (question.asked().isSameAs(now)) return;
    current = null;
    if (now != null && !isOver() && redirects++ < MOST_REDIRECTS) ask(question.partitionId());
    else goOn();
  }

  private void onReply(Question question, Reply reply) {
    if (question != current) {
      // Came after all, to nobody.
      if (reply instanceof Answered(JobsActivated(var jobs, _)) && !jobs.isEmpty()) giveBack(jobs);
      return;
    }
    current = null;
    int partitionId = question.partitionId();
    PartitionNews news = line.news(partitionId);
    switch (reply) {
      case Answered(JobsActivated(var jobs, boolean truncated)) when jobs.isEmpty() && !truncated ->
          news.foundNothing(question.number());
      case Answered(JobsActivated(var jobs, boolean truncated)) -> {
        news.unsettled(question.number());
        if (!jobs.isEmpty()) handOver(jobs);
        if (truncated && !isOver() && news.leadership() != null) {
          ask(partitionId);
          return;
        }
      }
      case Answered(Rejection _) -> {
        news.unsettled(question.number());
        request.fail(reply);
      }
      case Answered _ -> news.failed(question.number());
      case Refused(Reason reason, _, int leader) -> {
        news.failed(question.number());
        exhausted |= reason == Reason.RESOURCE_EXHAUSTED;
        if (reason == Reason.NOT_LEADER) {
          if (leader >= 0) line.outside().membership().correct(partitionId, leader);
          line.refresh();
          if (!isOver() && isElsewhere(news, question.asked()) && redirects++ < MOST_REDIRECTS) {
            ask(partitionId);
            return;
          }
        }
      }
    }
    goOn();
  }

  private static boolean isElsewhere(PartitionNews news, Leadership asked) {
    return news.leadership() != null
        && news.leadership().leader().nodeId() != asked.leader().nodeId();
  }

  private void handOver(List<ActivatedJob> jobs) {
    boolean taken = false;
    try {
      taken = request.deliver(jobs);
    } finally {
      if (taken) {
        delivered = true;
      } else {
        giveBack(jobs);
        request.end();
      }
    }
  }

  /// If this fails as well the jobs come back when their time is over.
  private void giveBack(List<ActivatedJob> jobs) {
    line.outside().commands().send(YieldJobs.of(jobs), 0, _ -> {});
  }
}
