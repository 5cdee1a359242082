package io.skep.adapter.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.deployment.DeploymentCommand;
import io.skep.domain.engine.deployment.DeploymentCommand.DeleteResource;
import io.skep.domain.engine.element.ElementCommand;
import io.skep.domain.engine.incident.IncidentCommand;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.EndJobStream;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.engine.job.JobCommand.HandOutJobs;
import io.skep.domain.engine.job.JobCommand.ReleaseJob;
import io.skep.domain.engine.job.JobCommand.ThrowError;
import io.skep.domain.engine.job.JobCommand.UpdateJobRetries;
import io.skep.domain.engine.job.JobCommand.UpdateJobTimeout;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.domain.engine.message.MessageCommand;
import io.skep.domain.engine.outbox.OutboxCommand;
import io.skep.domain.engine.signal.SignalCommand;
import io.skep.domain.engine.timer.TimerCommand;
import io.skep.domain.engine.variable.VariableCommand;
import io.skep.domain.json.JsonSyntaxException;
import io.skep.port.out.Reply.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From what went wrong to the statuses that clients know.
final class Statuses {
  private static final Logger LOG = LoggerFactory.getLogger(Statuses.class);

  private Statuses() {}

  /// The wording is the one of Zeebe: clients show it, and some look for the code in it.
  static StatusRuntimeException of(Rejection rejection, Command command) {
    return status(rejection.reason())
        .withDescription(
            "Command '%s' rejected with code '%s': %s"
                .formatted(intent(command), rejection.reason(), rejection.message()))
        .asRuntimeException();
  }

  private static Status status(Rejection.Reason reason) {
    return switch (reason) {
      case INVALID_ARGUMENT -> Status.INVALID_ARGUMENT;
      case NOT_FOUND -> Status.NOT_FOUND;
      case ALREADY_EXISTS -> Status.ALREADY_EXISTS;
      case INVALID_STATE -> Status.FAILED_PRECONDITION;
      case PROCESSING_ERROR -> Status.INTERNAL;
      case EXCEEDED_BATCH_RECORD_SIZE -> Status.UNKNOWN;
    };
  }

  /// The command's name in the record stream.
  private static String intent(Command command) {
    return switch (command) {
      case DeleteResource _ -> "DELETE";
      case DeploymentCommand _ -> "CREATE";
      case MessageCommand _ -> "PUBLISH";
      case SignalCommand _ -> "BROADCAST";
      case CreateProcessInstance create ->
          create.result() == null ? "CREATE" : "CREATE_WITH_AWAITING_RESULT";
      case CancelProcessInstance _ -> "CANCEL";
      case HandOutJobs _ -> "ACTIVATE";
      case CompleteJob _ -> "COMPLETE";
      case FailJob _ -> "FAIL";
      case ThrowError _ -> "THROW_ERROR";
      case YieldJobs _ -> "YIELD";
      case UpdateJobRetries _ -> "UPDATE_RETRIES";
      case UpdateJobTimeout _ -> "UPDATE_TIMEOUT";
      case IncidentCommand _ -> "RESOLVE";
      case VariableCommand _ -> "UPDATE";
      case EndJobStream _, ReleaseJob _, ElementCommand _, TimerCommand _, OutboxCommand _ ->
          throw new IllegalArgumentException(
              "Expected a client's command, but it is " + command.getClass().getSimpleName());
    };
  }

  static StatusRuntimeException of(Refused refused) {
    var status =
        switch (refused.reason()) {
          case NOT_LEADER, UNREACHABLE, INTERRUPTED -> Status.UNAVAILABLE;
          case RESOURCE_EXHAUSTED -> Status.RESOURCE_EXHAUSTED;
          case TIMEOUT -> Status.DEADLINE_EXCEEDED;
          case MALFORMED -> Status.INVALID_ARGUMENT;
          // Not RESOURCE_EXHAUSTED: a client may try again what was refused with it, and this was
          // run.
          case ANSWER_TOO_LARGE -> Status.OUT_OF_RANGE;
          case INTERNAL -> Status.INTERNAL;
        };
    return status.withDescription(refused.message()).asRuntimeException();
  }

  /// For what was thrown while a request was handled.
  static StatusRuntimeException of(RuntimeException thrown) {
    return switch (thrown) {
      case StatusRuntimeException status -> status;
      case JsonSyntaxException syntax ->
          Status.INVALID_ARGUMENT.withDescription(syntax.getMessage()).asRuntimeException();
      default -> {
        LOG.error("Expected to handle a request, but it failed", thrown);
        yield Status.INTERNAL
            .withDescription("Expected to handle the request, but it failed: " + thrown)
            .withCause(thrown)
            .asRuntimeException();
      }
    };
  }
}
