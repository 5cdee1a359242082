package io.skep.port.in;

import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.port.out.Reply;
import java.util.List;

/// Gets jobs for workers, and waits for some if there are none.
public interface JobActivation {

  /// Asks every partition in turn for jobs, and if none has any, waits until one has or the time is
  /// over.
  ///
  /// @param requestTimeoutMs how long to wait; 0 for the configured time, negative for not at all
  Request activate(ActivateJobs command, long requestTimeoutMs, Receiver receiver);

  /// A request on its way.
  interface Request {
    /// The worker has gone. Jobs that arrive nevertheless are given back.
    void cancel();
  }

  /// The worker's end. Calls come one at a time, on any thread, and end with [#onDone] or
  /// [#onFailure].
  interface Receiver {

    /// @return whether the jobs can be delivered; if not they are given back
    boolean onJobs(List<ActivatedJob> jobs);

    /// There is no more to come, perhaps nothing came.
    void onDone();

    /// No jobs, and the reason: a rejection, or a refusal of a partition.
    void onFailure(Reply reply);
  }
}
