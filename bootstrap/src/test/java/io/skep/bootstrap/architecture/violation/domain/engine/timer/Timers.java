package io.skep.bootstrap.architecture.violation.domain.engine.timer;

import io.skep.bootstrap.architecture.violation.domain.engine.Command;
import io.skep.bootstrap.architecture.violation.domain.engine.job.JobTable;
import io.skep.bootstrap.architecture.violation.domain.engine.job.Jobs;

/// Calls another concept's decisions and changes its table.
final class Timers {
  void fire(Command command, JobTable jobs) {
    Jobs.process(command);
    jobs.apply(command);
  }
}
