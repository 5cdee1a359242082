package io.skep.domain.cluster;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.deployment.DeploymentCommand.DeleteResource;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.deployment.DeploymentCommand.DistributeDeletion;
import io.skep.domain.engine.deployment.DeploymentCommand.DistributeDeployment;
import io.skep.domain.engine.deployment.DeploymentCommand.EndDistribution;
import io.skep.domain.engine.deployment.DeploymentCommand.NoteDelivery;
import io.skep.domain.engine.element.ElementCommand;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.EndJobStream;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.engine.job.JobCommand.ReleaseJob;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.domain.engine.job.JobCommand.ThrowError;
import io.skep.domain.engine.job.JobCommand.UpdateJobRetries;
import io.skep.domain.engine.job.JobCommand.UpdateJobTimeout;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.domain.engine.message.MessageCommand;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import io.skep.domain.engine.outbox.OutboxCommand;
import io.skep.domain.engine.signal.SignalCommand;
import io.skep.domain.engine.signal.SignalCommand.BroadcastSignal;
import io.skep.domain.engine.timer.TimerCommand;
import io.skep.domain.engine.variable.VariableCommand.SetVariables;

/// Which partition a client's command is for.
public sealed interface Destination {

  /// This one and no other.
  ///
  /// @param partitionId of a key that no partition made it may be any number
  record Fixed(int partitionId) implements Destination {}

  /// Whichever can take it: they take turns.
  record Any() implements Destination {}

  /// The one that this correlation key belongs to.
  record OfCorrelationKey(String correlationKey) implements Destination {}

  /// Finds the destination: by the key if the command is about something that exists.
  ///
  /// @throws IllegalArgumentException if it is not for one partition, or nothing that clients send
  static Destination of(Command command) {
    return switch (command) {
      case CreateProcessInstance _ -> new Any();
      case DeployResources _ -> new Fixed(Routing.DEPLOYMENT_PARTITION);
      case DeleteResource(long resourceKey) -> ofKey(resourceKey);
      case PublishMessage publish -> new OfCorrelationKey(publish.correlationKey());
      case BroadcastSignal _ -> new Any();
      case CancelProcessInstance cancel -> ofKey(cancel.processInstanceKey());
      case CompleteJob complete -> ofKey(complete.jobKey());
      case FailJob fail -> ofKey(fail.jobKey());
      case ThrowError error -> ofKey(error.jobKey());
      case UpdateJobRetries update -> ofKey(update.jobKey());
      case UpdateJobTimeout update -> ofKey(update.jobKey());
      case YieldJobs(var jobs) when !jobs.isEmpty() -> ofKey(jobs.getFirst().jobKey());
      case ResolveIncident resolve -> ofKey(resolve.incidentKey());
      case SetVariables set -> ofKey(set.elementInstanceKey());
      case YieldJobs _, ActivateJobs _, StreamJobs _, EndJobStream _, ReleaseJob _ ->
          throw none(command);
      case DistributeDeployment _, DistributeDeletion _ -> throw none(command);
      case NoteDelivery _, EndDistribution _ -> throw none(command);
      case MessageCommand _, SignalCommand _ -> throw none(command);
      case ElementCommand _, OutboxCommand _, TimerCommand _ -> throw none(command);
    };
  }

  private static Destination ofKey(long key) {
    return new Fixed(Routing.ofKey(key));
  }

  private static IllegalArgumentException none(Command command) {
    return new IllegalArgumentException(
        "Expected a client's command for one partition, but it is %s"
            .formatted(command.getClass().getSimpleName()));
  }
}
