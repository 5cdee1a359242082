package io.skep.port.in;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.deployment.DeploymentCommand;
import io.skep.domain.engine.element.ElementCommand;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.domain.engine.outbox.OutboxCommand;
import io.skep.domain.engine.timer.TimerCommand;

/// Which commands are taken however much there is to do: those that let work end. To refuse them
/// would keep the load up.
final class EndsWork {
  private EndsWork() {}

  static boolean isEndOfWork(Command command) {
    return switch (command) {
      case CompleteJob _, FailJob _, YieldJobs _, CancelProcessInstance _ -> true;
      case DeploymentCommand _, OutboxCommand _, TimerCommand _, ElementCommand _ -> true;
      default -> false;
    };
  }
}
