package io.skep.domain.engine.job;

import io.skep.domain.engine.store.Row;

/// Work that an element instance waits for.
public final class Job extends Row {
  private final JobOrigin origin;
  JobState state = JobState.ACTIVATABLE;
  int retries;
  String worker = "";

  /// The end of the worker's time or of the back-off, epoch milliseconds; 0 if there is none.
  long dueAtMs;

  long incidentKey;

  Job(JobOrigin origin, int retries) {
    this.origin = origin;
    this.retries = retries;
  }

  @Override
  protected Job copy() {
    var copy = new Job(origin, retries);
    copy.state = state;
    copy.worker = worker;
    copy.dueAtMs = dueAtMs;
    copy.incidentKey = incidentKey;
    return copy;
  }

  public long key() {
    return origin.key();
  }

  public JobOrigin origin() {
    return origin;
  }

  public String type() {
    return origin.type();
  }

  public JobState state() {
    return state;
  }

  public int retries() {
    return retries;
  }

  public String worker() {
    return worker;
  }

  public long dueAtMs() {
    return dueAtMs;
  }

  /// The incident that keeps it from being handed out, 0 if there is none.
  public long incidentKey() {
    return incidentKey;
  }
}
