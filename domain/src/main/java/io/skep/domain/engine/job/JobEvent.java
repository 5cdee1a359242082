package io.skep.domain.engine.job;

import io.skep.domain.engine.Event;

/// What has become of jobs.
public sealed interface JobEvent extends Event {
  JobOrigin origin();

  @Override
  default long key() {
    return origin().key();
  }

  record JobCreated(JobOrigin origin, int retries) implements JobEvent {}

  /// @param deadlineMs until when the worker has it, epoch milliseconds
  record JobActivated(JobOrigin origin, String worker, long deadlineMs) implements JobEvent {}

  record JobCompleted(JobOrigin origin) implements JobEvent {}

  /// @param againAtMs when it may be activated again, epoch milliseconds; 0 for at once
  record JobFailed(JobOrigin origin, int retries, long againAtMs, String errorMessage)
      implements JobEvent {}

  /// Its worker's time is over.
  record JobTimedOut(JobOrigin origin) implements JobEvent {}

  /// Its back-off is over.
  record JobRecurred(JobOrigin origin) implements JobEvent {}

  /// It did not reach its worker.
  record JobYielded(JobOrigin origin) implements JobEvent {}

  /// It cannot be handed out until somebody repairs it.
  record JobBlocked(JobOrigin origin) implements JobEvent {}

  /// Its worker met an error that nobody catches.
  record JobErrorThrown(JobOrigin origin, String errorCode, String errorMessage)
      implements JobEvent {}

  record JobRetriesUpdated(JobOrigin origin, int retries) implements JobEvent {}

  record JobTimeoutUpdated(JobOrigin origin, long deadlineMs) implements JobEvent {}

  record JobCanceled(JobOrigin origin) implements JobEvent {}
}
