package io.skep.bootstrap.architecture.violation.domain.engine;

import io.skep.bootstrap.architecture.violation.domain.engine.job.JobTable;

/// May apply events.
final class State {
  void apply(JobTable jobs, Object event) {
    jobs.apply(event);
  }
}
