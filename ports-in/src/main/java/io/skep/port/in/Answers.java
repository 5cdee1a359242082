package io.skep.port.in;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.Outcome;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import java.util.ArrayList;
import java.util.List;

/// Answers of the entry that is being applied: given once all of it is applied, so that no client
/// delays another.
///
/// First come those that prompt commands which belong into the next entry: what tells of jobs, and
/// answers to this broker itself. That entry need not wait for the rest, which goes to clients and
/// takes a fourth of the time of an entry.
///
/// To be used in turn only.
final class Answers {
  private final int partitionId;
  private final PartitionEnvironment environment;
  private final Sequencer sequencer;
  private final DeferredRequests deferred;
  private final JobNews jobNews;
  private final List<Runnable> prompting = new ArrayList<>();
  private final List<Runnable> others = new ArrayList<>();

  Answers(
      int partitionId,
      PartitionEnvironment environment,
      Sequencer sequencer,
      DeferredRequests deferred,
      JobNews jobNews) {
    this.partitionId = partitionId;
    this.environment = environment;
    this.sequencer = sequencer;
    this.deferred = deferred;
    this.jobNews = jobNews;
  }

  /// Collects what a turn has to say, to whoever asked and to those who have waited for it.
  ///
  /// @param pending who waits for the command, `null` if that is not this member's matter
  /// @param request the number of the command as a request
  void conclude(Pending pending, long request, Outcome outcome) {
    if (pending != null) {
      if (outcome.answer() == null) {
        defer(pending, request);
      } else {
        Answer answer = outcome.answer();
        boolean isPrompting = answer instanceof JobsActivated || pending.session() == null;
        (isPrompting ? prompting : others).add(() -> answer(pending, answer));
      }
    }
    for (Outcome.Reply reply : outcome.replies()) {
      DeferredRequests.Waiting waiting = deferred.remove(reply.request());
      if (waiting == null) continue;
      Answer answer = reply.answer();
      others.add(
          () -> {
            answered(waiting.arrivedNanos());
            waiting.answer(answer);
          });
    }
    for (long abandoned : outcome.abandoned()) {
      DeferredRequests.Waiting waiting = deferred.remove(abandoned);
      if (waiting != null) others.add(waiting::abandon);
    }
    if (sequencer.isLeading()) jobNews.turned(outcome, prompting);
  }

  private void defer(Pending pending, long request) {
    deferred.add(request, pending);
    // It may be in vain if the lead was lost meanwhile.
    if (!sequencer.isLeading()) deferred.failAll(sequencer.leader());
  }

  private void answer(Pending pending, Answer answer) {
    if (answer instanceof JobsActivated activated) {
      if (pending.command() instanceof ActivateJobs activate && pending.session() != null) {
        jobNews.answering(activate, pending.session(), activated);
      }
      if (pending.command() instanceof StreamJobs) {
        environment.metrics().pushed(partitionId, activated.jobs().size());
      }
    }
    answered(pending.arrivedNanos());
    pending.answer(answer);
  }

  private void answered(long arrivedNanos) {
    environment.metrics().answered(partitionId, environment.clock().nanoTime() - arrivedNanos);
  }

  /// Gives what prompts commands.
  void deliverPrompting() {
    deliver(prompting);
  }

  /// Gives the rest.
  void deliverOthers() {
    deliver(others);
  }

  private static void deliver(List<Runnable> answers) {
    // An answer may bring the next command, but never an apply: the log calls from this one thread.
    for (int i = 0; i < answers.size(); i++) answers.get(i).run();
    answers.clear();
  }
}
