package io.skep.adapter.export;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.deployment.DeploymentCommand;
import io.skep.domain.engine.element.ElementCommand;
import io.skep.domain.engine.incident.IncidentCommand;
import io.skep.domain.engine.instance.InstanceCommand;
import io.skep.domain.engine.job.JobCommand;
import io.skep.domain.engine.message.MessageCommand;
import io.skep.domain.engine.outbox.OutboxCommand;
import io.skep.domain.engine.signal.SignalCommand;
import io.skep.domain.engine.timer.TimerCommand;
import io.skep.domain.engine.variable.VariableCommand;

/// What commands are called.
final class CommandVocabulary {
  private CommandVocabulary() {}

  /// @return `null` for commands that have no name outside
  static Vocabulary of(Command command) {
    return switch (command) {
      case DeploymentCommand.DeployResources _ -> words("DEPLOYMENT", "CREATE");
      case DeploymentCommand.DistributeDeployment(long key, _) ->
          words("DEPLOYMENT", "DISTRIBUTE", "deploymentKey", key);
      case DeploymentCommand.DeleteResource(long key) ->
          words("RESOURCE_DELETION", "DELETE", "resourceKey", key);
      case DeploymentCommand.DistributeDeletion(long key) ->
          words("RESOURCE_DELETION", "DELETE", "resourceKey", key);
      case DeploymentCommand.NoteDelivery _, DeploymentCommand.EndDistribution _ -> null;
      case InstanceCommand.CreateProcessInstance create ->
          new Vocabulary(
              "PROCESS_INSTANCE_CREATION",
              "CREATE",
              to ->
                  to.text("bpmnProcessId", create.bpmnProcessId())
                      .number("version", create.version()));
      case InstanceCommand.CancelProcessInstance(long key) ->
          words("PROCESS_INSTANCE", "CANCEL", "processInstanceKey", key);
      case ElementCommand.ActivateElement(long scopeKey, _, _) ->
          words("PROCESS_INSTANCE", "ACTIVATE_ELEMENT", "flowScopeKey", scopeKey);
      case ElementCommand.EnterEvent(long scopeKey, _, _) ->
          words("PROCESS_INSTANCE", "ACTIVATE_ELEMENT", "flowScopeKey", scopeKey);
      case ElementCommand.CompleteElement(long key, _) ->
          words("PROCESS_INSTANCE", "COMPLETE_ELEMENT", "elementInstanceKey", key);
      case ElementCommand.TerminateElement(long key) ->
          words("PROCESS_INSTANCE", "TERMINATE_ELEMENT", "elementInstanceKey", key);
      case ElementCommand.ResumeElement _, ElementCommand.ContinueFollowUps _ -> null;
      case JobCommand job -> job(job);
      case VariableCommand.SetVariables(long key, _, _) ->
          words("VARIABLE_DOCUMENT", "UPDATE", "scopeKey", key);
      case IncidentCommand.ResolveIncident(long key) ->
          words("INCIDENT", "RESOLVE", "incidentKey", key);
      case MessageCommand message -> MessageVocabulary.of(message);
      case SignalCommand signal -> SignalVocabulary.of(signal);
      case TimerCommand.TriggerTimer(long key) -> words("TIMER", "TRIGGER", "timerKey", key);
      case TimerCommand.TriggerDue _, TimerCommand.PostponeDue _ -> null;
      case OutboxCommand _ -> null;
    };
  }

  private static Vocabulary job(JobCommand command) {
    return switch (command) {
      case JobCommand.ActivateJobs activate -> handOut(activate, activate.maxJobs());
      case JobCommand.StreamJobs stream -> handOut(stream, stream.jobKeys().size());
      case JobCommand.EndJobStream _ -> null;
      case JobCommand.CompleteJob(long key, _) -> words("JOB", "COMPLETE", "jobKey", key);
      case JobCommand.FailJob fail -> words("JOB", "FAIL", "jobKey", fail.jobKey());
      case JobCommand.ThrowError thrown -> words("JOB", "THROW_ERROR", "jobKey", thrown.jobKey());
      case JobCommand.UpdateJobRetries(long key, _) ->
          words("JOB", "UPDATE_RETRIES", "jobKey", key);
      case JobCommand.UpdateJobTimeout(long key, _) ->
          words("JOB", "UPDATE_TIMEOUT", "jobKey", key);
      case JobCommand.ReleaseJob(long key) -> words("JOB", "TIME_OUT", "jobKey", key);
      case JobCommand.YieldJobs _ -> words("JOB", "YIELD");
    };
  }

  private static Vocabulary handOut(JobCommand.HandOutJobs command, int maxJobs) {
    return new Vocabulary(
        "JOB_BATCH",
        "ACTIVATE",
        to ->
            to.text("type", command.type())
                .text("worker", command.worker())
                .number("timeout", command.timeoutMs())
                .number("maxJobsToActivate", maxJobs));
  }

  static Vocabulary words(String valueType, String intent) {
    return new Vocabulary(valueType, intent, _ -> {});
  }

  static Vocabulary words(String valueType, String intent, String name, long key) {
    return new Vocabulary(valueType, intent, to -> to.number(name, key));
  }
}
