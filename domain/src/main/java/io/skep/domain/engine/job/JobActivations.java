package io.skep.domain.engine.job;

import static io.skep.domain.engine.Rejection.Reason.INVALID_ARGUMENT;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.engine.incident.Incidents;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobEvent.JobActivated;
import io.skep.domain.engine.job.JobEvent.JobBlocked;
import io.skep.domain.engine.variable.Variables;
import io.skep.domain.json.JsonObject;
import java.util.ArrayList;

/// Hands jobs to workers.
final class JobActivations {
  private JobActivations() {}

  static void activate(ActivateJobs command, Turn turn) {
    String problem = problemOf(command);
    if (problem != null) {
      turn.reject(INVALID_ARGUMENT, "Expected to activate jobs with %s".formatted(problem));
      return;
    }
    var activated = new ArrayList<ActivatedJob>();
    int room = command.maxBytes();
    long key = 0;
    while (activated.size() < command.maxJobs()) {
      Job job = turn.state().jobs().nextActivatable(command.type(), key);
      if (job == null) break;
      key = job.key();
      ActivatedJob handedOut = describe(job, command, turn);
      int bytes = handedOut.answerBytes();
      if (bytes > room) {
        if (bytes <= command.maxBytes()) {
          turn.answer(new Answer.JobsActivated(activated, true));
          return;
        }
        block(job, bytes, command.maxBytes(), turn);
        continue;
      }
      room -= bytes;
      turn.append(new JobActivated(key, job.origin(), command.worker(), handedOut.deadlineMs()));
      activated.add(handedOut);
    }
    turn.answer(new Answer.JobsActivated(activated, false));
  }

  private static String problemOf(ActivateJobs command) {
    if (command.type().isBlank()) return "a type, but it was blank";
    if (command.timeoutMs() < 1) {
      return "a timeout of 1 ms or more, but it was '%d'".formatted(command.timeoutMs());
    }
    if (command.maxJobs() < 1) {
      return "at least 1 job to activate, but it was '%d'".formatted(command.maxJobs());
    }
    return null;
  }

  private static ActivatedJob describe(Job job, ActivateJobs command, Turn turn) {
    JobOrigin origin = job.origin();
    ProcessDefinition definition = origin.place().definition();
    JsonObject variables =
        Variables.visible(origin.elementInstanceKey(), command.fetchVariables(), turn);
    return new ActivatedJob(
        job.key(),
        job.type(),
        origin.place().processInstanceKey(),
        definition.bpmnProcessId(),
        definition.version(),
        definition.key(),
        origin.place().element().id(),
        origin.elementInstanceKey(),
        origin.task().headers(),
        command.worker(),
        job.retries(),
        turn.nowMs() + command.timeoutMs(),
        variables,
        definition.tenantId());
  }

  private static void block(Job job, int bytes, int maxBytes, Turn turn) {
    turn.append(new JobBlocked(job.key(), job.origin()));
    Incidents.raise(
        job,
        IncidentType.MESSAGE_SIZE_EXCEEDED,
        "Expected job '%d' to fit into a message of %d bytes, but with its variables and headers it takes about %d"
            .formatted(job.key(), maxBytes, bytes),
        turn);
  }
}
