package io.skep.domain.engine.job;

import static io.skep.domain.engine.Rejection.Reason.INVALID_ARGUMENT;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.engine.incident.Incidents;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.HandOutJobs;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.domain.engine.job.JobEvent.JobActivated;
import io.skep.domain.engine.job.JobEvent.JobBlocked;
import io.skep.domain.engine.variable.Variables;
import io.skep.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Hands jobs to workers.
final class JobActivations {
  /// How many jobs one turn looks at: their instances may have to be read from the disk, which
  /// takes 0.06 ms there, and nothing else goes on meanwhile. Whoever wants more is told to ask
  /// again.
  static final int MAX_LOOKS = 100;

  private JobActivations() {}

  static void activate(ActivateJobs command, Turn turn) {
    String problem = problemOf(command);
    if (problem != null) {
      turn.reject(INVALID_ARGUMENT, "Expected to activate jobs with %s".formatted(problem));
      return;
    }
    var handout = new Handout(command, turn);
    long key = 0;
    int looks = 0;
    while (handout.jobs.size() < command.maxJobs()) {
      if (looks++ == MAX_LOOKS) {
        handout.truncated = turn.state().jobs().hasActivatable(command.type());
        break;
      }
      Job job = turn.state().jobs().nextActivatable(command.type(), key);
      if (job == null || !handout.add(job)) break;
      key = job.key();
    }
    handout.answer();
  }

  static void activate(StreamJobs command, Turn turn) {
    var handout = new Handout(command, turn);
    for (long key : command.jobKeys()) {
      Job job = turn.state().jobs().get(key);
      // Somebody who asked for jobs may have been quicker, or its instance has gone.
      if (job == null || job.state() != JobState.ACTIVATABLE) continue;
      if (!job.type().equals(command.type())) continue;
      if (!handout.add(job)) break;
    }
    handout.answer();
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

  /// What one worker is given at a time.
  private static final class Handout {
    private final HandOutJobs command;
    private final Turn turn;
    private final List<ActivatedJob> jobs = new ArrayList<>();
    private int room;
    private boolean truncated;

    Handout(HandOutJobs command, Turn turn) {
      this.command = command;
      this.turn = turn;
      this.room = command.maxBytes();
    }

    /// Adds a job, or raises an incident if it does not fit in by itself.
    ///
    /// @return whether more may fit in
    boolean add(Job job) {
      ActivatedJob handedOut = describe(job);
      int bytes = handedOut.answerBytes();
      if (bytes > command.maxBytes()) {
        block(job, bytes, command.maxBytes(), turn);
      } else if (bytes > room) {
        truncated = true;
      } else {
        room -= bytes;
        turn.append(new JobActivated(job.origin(), command.worker(), handedOut.deadlineMs()));
        jobs.add(handedOut);
      }
      return !truncated;
    }

    void answer() {
      turn.answer(new Answer.JobsActivated(jobs, truncated));
    }

    private ActivatedJob describe(Job job) {
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
  }

  private static void block(Job job, int bytes, int maxBytes, Turn turn) {
    turn.append(new JobBlocked(job.origin()));
    Incidents.raise(
        job,
        IncidentType.MESSAGE_SIZE_EXCEEDED,
        "Expected job '%d' to fit into a message of %d bytes, but with its variables and headers it takes about %d"
            .formatted(job.key(), maxBytes, bytes),
        turn);
  }
}
