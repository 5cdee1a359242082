package io.skep.bootstrap.architecture.violation.domain.engine;

import io.skep.bootstrap.architecture.violation.domain.engine.job.Jobs;

/// May call deciders.
final class Engine {
  void run(Command command) {
    Jobs.process(command);
  }
}
