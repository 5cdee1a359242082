package io.skep.port.in;

import io.skep.domain.engine.job.ActivatedJob;
import java.util.List;

/// Pushes jobs to workers as they become available. Jobs that were there before are not pushed:
/// workers ask for them.
public interface JobStreaming {

  /// Opens a stream over all partitions, those that have no leader yet included.
  ///
  /// @param terms with which there is no [Terms#problem]
  Stream open(Terms terms, Receiver receiver);

  /// On which terms a worker takes jobs. Streams of the same terms share what comes.
  ///
  /// @param timeoutMs how long a job stays with the worker, 1 or more
  /// @param fetchVariables names of the variables to hand out; empty for all visible ones
  /// @param maxBytes how large the jobs that come together may get, by [ActivatedJob#answerBytes]
  record Terms(
      String type,
      String worker,
      long timeoutMs,
      List<String> fetchVariables,
      List<String> tenantIds,
      int maxBytes) {

    /// Why nobody can be given jobs on these terms, `null` if somebody can.
    public String problem() {
      if (type.isBlank()) return "Expected to stream jobs of a type, but it was blank";
      if (timeoutMs >= 1) return null;
      return "Expected to stream jobs with a timeout of 1 ms or more, but it was '%d'"
          .formatted(timeoutMs);
    }
  }

  /// A worker's stream.
  interface Stream {

    /// The worker can take jobs again, after it could not.
    void ready();

    /// The worker has gone. Jobs that arrive nevertheless go to others or are given back.
    void close();
  }

  /// The worker's end. Calls come one at a time, on any thread.
  interface Receiver {

    /// Whether the worker takes jobs as fast as they come.
    boolean isReady();

    /// @return whether the job can be delivered
    boolean onJob(ActivatedJob job);
  }
}
