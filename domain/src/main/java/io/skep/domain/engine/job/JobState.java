package io.skep.domain.engine.job;

/// What can be done with a job.
public enum JobState {
  ACTIVATABLE,
  /// A worker has it.
  ACTIVATED,
  /// In back-off, without retries, or blocked by an incident.
  FAILED,
  ERROR_THROWN
}
