package io.skep.port.in;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.Outcome;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import java.util.ArrayList;
import java.util.List;

/// What there is to be said of the entry that is being applied. Answers are withheld until it is
/// committed. What tells that there are jobs, and answers to this partition itself, give nothing
/// away. They are said once all of the entry is applied: the commands that they prompt belong into
/// the next one.
///
/// To be used in turn only.
final class Answers {
  private final int partitionId;
  private final PartitionEnvironment environment;
  private final Sequencer sequencer;
  private final DeferredRequests deferred;
  private final JobNews jobNews;
  private final Withheld withheld;
  private final List<Runnable> prompting = new ArrayList<>();

  Answers(
      int partitionId,
      PartitionEnvironment environment,
      Sequencer sequencer,
      DeferredRequests deferred,
      JobNews jobNews,
      Withheld withheld) {
    this.partitionId = partitionId;
    this.environment = environment;
    this.sequencer = sequencer;
    this.deferred = deferred;
    this.jobNews = jobNews;
    this.withheld = withheld;
  }

  /// Collects what a turn has to say, to whoever asked and to those who have waited for it.
  ///
  /// @param pending who waits for the command, `null` if that is not this member's matter
  /// @param request the number of the command as a request
  void conclude(Pending pending, long request, Outcome outcome) {
    if (pending != null) {
      if (outcome.answer() == null) defer(pending, request);
      else answer(pending, outcome.answer());
    }
    for (Outcome.Reply reply : outcome.replies()) {
      DeferredRequests.Waiting waiting = deferred.remove(reply.request());
      if (waiting != null) withheld.add(new AnswerToDeferred(waiting, reply.answer()));
    }
    for (long abandoned : outcome.abandoned()) {
      DeferredRequests.Waiting waiting = deferred.remove(abandoned);
      if (waiting != null) withheld.add(new AnswerToDeferred(waiting, null));
    }
    if (sequencer.isLeading()) jobNews.turned(outcome, prompting);
  }

  private void defer(Pending pending, long request) {
    deferred.add(request, pending);
    // It may be in vain if the lead was lost meanwhile.
    if (!sequencer.isLeading()) deferred.failAll(sequencer.leader());
  }

  private void answer(Pending pending, Answer answer) {
    var ofCommand = new AnswerToCommand(pending, answer);
    if (pending.isOwn()) {
      prompting.add(ofCommand::tell);
      return;
    }
    if (answer instanceof JobsActivated activated
        && pending.command() instanceof ActivateJobs activate) {
      prompting.add(() -> jobNews.answering(activate, pending.session(), activated));
    }
    withheld.add(ofCommand);
  }

  /// Says what prompts commands.
  void prompt() {
    // It may bring the next command, but never an apply: the log calls from this one thread.
    for (int i = 0; i < prompting.size(); i++) prompting.get(i).run();
    prompting.clear();
  }

  private void answered(long arrivedNanos) {
    environment.metrics().answered(partitionId, environment.clock().nanoTime() - arrivedNanos);
  }

  /// What a command gets that was run in this entry.
  private final class AnswerToCommand implements Withheld.News {
    private final Pending pending;
    private final Answer answer;

    AnswerToCommand(Pending pending, Answer answer) {
      this.pending = pending;
      this.answer = answer;
    }

    @Override
    public void tell() {
      if (pending.command() instanceof StreamJobs && answer instanceof JobsActivated activated)
        environment.metrics().pushed(partitionId, activated.jobs().size());
      answered(pending.arrivedNanos());
      pending.answer(answer);
    }

    @Override
    public void withdraw() {
      sequencer.refuseInterrupted(pending);
    }
  }

  /// What a request gets that has waited for what happened in this entry.
  private final class AnswerToDeferred implements Withheld.News {
    private final DeferredRequests.Waiting waiting;
    private final Answer answer;

    /// @param answer `null` if there will be none
    AnswerToDeferred(DeferredRequests.Waiting waiting, Answer answer) {
      this.waiting = waiting;
      this.answer = answer;
    }

    @Override
    public void tell() {
      if (answer == null) {
        waiting.abandon();
        return;
      }
      answered(waiting.arrivedNanos());
      waiting.answer(answer);
    }

    @Override
    public void withdraw() {
      deferred.fail(waiting, sequencer.leader());
    }
  }
}
