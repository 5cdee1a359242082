package io.skep.port.in;

import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.Outcome;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobTable;
import io.skep.port.out.BrokerClient.JobsAvailable;
import java.util.List;
import java.util.Set;

/// Tells those who wait for jobs of a partition, on its leader, what turns have changed: streams
/// are offered what became available, gateways that found nothing are told of the rest.
///
/// To be used in turn only.
final class JobNews {
  private final EngineTurns turns;
  private final EngineObserver observer;
  private final JobWaiters waiters;
  private final JobStreams streams;

  JobNews(EngineTurns turns, EngineObserver observer, JobWaiters waiters, JobStreams streams) {
    this.turns = turns;
    this.observer = observer;
    this.waiters = waiters;
    this.streams = streams;
  }

  private JobTable jobs() {
    return turns.engine().state().jobs();
  }

  /// Whoever waits is told after all of the entry is applied; by then somebody may have the jobs
  /// already.
  ///
  /// @param outcome of a turn that has been observed
  /// @param later takes what is to be done then
  void turned(Outcome outcome, List<Runnable> later) {
    Set<String> offered = streams.open() == 0 ? Set.of() : streams.offer(outcome, jobs());
    for (String type : outcome.availableJobTypes()) {
      later.add(offered.contains(type) ? () -> streams.dispatch(type) : () -> tell(type));
    }
    for (String type : observer.handedOutTypes()) endIfNone(type);
  }

  private void tell(String type) {
    if (jobs().hasActivatable(type)) waiters.jobsAvailable(type);
  }

  private void endIfNone(String type) {
    if (!jobs().hasActivatable(type)) waiters.exhausted(type);
  }

  /// A request is about to be answered. If it finds no jobs, its gateway will be told of the next.
  void answering(ActivateJobs request, JobsAvailable session, JobsActivated answer) {
    if (!answer.jobs().isEmpty() || answer.truncated()) return;
    // Streams may have taken what was there without anybody being told that it has gone.
    endIfNone(request.type());
    waiters.wait(request.type(), session);
  }
}
