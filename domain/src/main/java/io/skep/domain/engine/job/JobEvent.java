package io.skep.domain.engine.job;

import io.skep.domain.engine.Event;

/// What has become of jobs.
public sealed interface JobEvent extends Event {
  JobOrigin origin();

  record JobCreated(long key, JobOrigin origin, int retries) implements JobEvent {}

  /// @param deadlineMs until when the worker has it, epoch milliseconds
  record JobActivated(long key, JobOrigin origin, String worker, long deadlineMs)
      implements JobEvent {}

  record JobCompleted(long key, JobOrigin origin) implements JobEvent {}

  /// @param againAtMs when it may be activated again, epoch milliseconds; 0 for at once
  record JobFailed(long key, JobOrigin origin, int retries, long againAtMs, String errorMessage)
      implements JobEvent {}

  /// Its worker's time is over.
  record JobTimedOut(long key, JobOrigin origin) implements JobEvent {}

  /// Its back-off is over.
  record JobRecurred(long key, JobOrigin origin) implements JobEvent {}

  /// It did not reach its worker.
  record JobYielded(long key, JobOrigin origin) implements JobEvent {}

  /// It cannot be handed out until somebody repairs it.
  record JobBlocked(long key, JobOrigin origin) implements JobEvent {}

  /// Its worker met an error that nobody catches.
  record JobErrorThrown(long key, JobOrigin origin, String errorCode, String errorMessage)
      implements JobEvent {}

  record JobRetriesUpdated(long key, JobOrigin origin, int retries) implements JobEvent {}

  record JobTimeoutUpdated(long key, JobOrigin origin, long deadlineMs) implements JobEvent {}

  record JobCanceled(long key, JobOrigin origin) implements JobEvent {}
}
