package io.skep.domain.engine.job;

import static io.skep.domain.engine.Rejection.Reason.INVALID_ARGUMENT;
import static io.skep.domain.engine.Rejection.Reason.INVALID_STATE;
import static io.skep.domain.engine.Rejection.Reason.NOT_FOUND;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.ElementCommand.CompleteElement;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Extraction;
import io.skep.domain.engine.element.task.JobTask;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.engine.incident.Incidents;
import io.skep.domain.engine.job.JobCommand.*;
import io.skep.domain.engine.job.JobEvent.*;
import io.skep.domain.engine.variable.Variables;
import io.skep.domain.json.JsonObject;

/// Decides what becomes of jobs.
public final class Jobs {
  /// Longer error messages are cut, so that a worker's stack trace does not fill the state.
  private static final int MAX_MESSAGE = 10_000;

  private Jobs() {}

  public static void process(JobCommand command, Turn turn) {
    switch (command) {
      case ActivateJobs activate -> JobActivations.activate(activate, turn);
      case StreamJobs stream -> JobActivations.activate(stream, turn);
      case EndJobStream _ -> turn.answer(new Answer.Done(0));
      case CompleteJob(long key, JsonObject variables) -> complete(key, variables, turn);
      case FailJob fail -> fail(fail, turn);
      case ThrowError thrown -> throwError(thrown, turn);
      case YieldJobs(var activations) -> activations.forEach(each -> giveBack(each, turn));
      case UpdateJobRetries(long key, int retries) -> updateRetries(key, retries, turn);
      case UpdateJobTimeout(long key, long timeoutMs) -> updateTimeout(key, timeoutMs, turn);
      case ReleaseJob(long key) -> release(key, turn);
    }
  }

  /// What a task would offer.
  public record Offer(String type, int retries) {}

  /// Finds out what a task offers.
  ///
  /// @return `null` if that cannot be found out: there is an incident then
  public static Offer offer(ElementInstance self, JobTask task, Turn turn) {
    String type = Extraction.text(self, task.jobType(), turn);
    if (type == null) return null;
    Integer retries = Extraction.number(self, task.retries(), turn);
    return retries == null ? null : new Offer(type, retries);
  }

  public static void create(ElementInstance self, Offer offer, Turn turn) {
    var origin = new JobOrigin(turn.nextKey(), offer.type(), self.place());
    turn.append(new JobCreated(origin, offer.retries()));
  }

  /// Its element instance has to end.
  public static void cancel(long key, Turn turn) {
    Job job = turn.state().jobs().get(key);
    turn.append(new JobCanceled(job.origin()));
    if (job.incidentKey() != 0) Incidents.end(job.incidentKey(), turn);
  }

  private static void complete(long key, JsonObject variables, Turn turn) {
    Job job = findWorkable(key, "complete", turn);
    if (job == null) return;
    turn.append(new JobCompleted(job.origin()));
    turn.then(new CompleteElement(job.origin().elementInstanceKey(), variables));
    turn.answer(new Answer.Done(key));
  }

  private static void fail(FailJob command, Turn turn) {
    Job job = findWorkable(command.jobKey(), "fail", turn);
    if (job == null) return;
    String message = cut(command.errorMessage());
    boolean backoff = command.retries() > 0 && command.backoffMs() > 0;
    turn.append(
        new JobFailed(
            job.origin(),
            command.retries(),
            backoff ? turn.nowMs() + command.backoffMs() : 0,
            message));
    setLocal(job, command.variables(), turn);
    if (command.retries() <= 0) {
      Incidents.raise(
          job,
          IncidentType.JOB_NO_RETRIES,
          message.isEmpty() ? "No more retries left." : message,
          turn);
    }
    turn.answer(new Answer.Done(job.key()));
  }

  private static void throwError(ThrowError command, Turn turn) {
    Job job = findWorkable(command.jobKey(), "throw an error for", turn);
    if (job == null) return;
    String message = cut(command.errorMessage());
    turn.append(new JobErrorThrown(job.origin(), command.errorCode(), message));
    Incidents.raise(
        job,
        IncidentType.UNHANDLED_ERROR_EVENT,
        "Expected an event that catches error code '%s'%s, but there is none in scope"
            .formatted(
                command.errorCode(), message.isEmpty() ? "" : " with message '" + message + "'"),
        turn);
    turn.answer(new Answer.Done(job.key()));
  }

  private static void setLocal(Job job, JsonObject variables, Turn turn) {
    JobOrigin origin = job.origin();
    Variables.setLocal(
        origin.elementInstanceKey(), origin.place().processInstanceKey(), variables, turn);
  }

  private static void giveBack(Activation activation, Turn turn) {
    Job job = turn.state().jobs().get(activation.jobKey());
    if (job == null || job.state() != JobState.ACTIVATED) return;
    // What did not reach its worker ends in one of two ways. Its time runs out, and then the next
    // activation ends later; or it is given back, and that happens once.
    if (activation.deadlineMs() != Activation.ANY && activation.deadlineMs() != job.dueAtMs())
      return;
    turn.append(new JobYielded(job.origin()));
  }

  private static void updateRetries(long key, int retries, Turn turn) {
    Job job = turn.state().jobs().get(key);
    if (job == null) {
      rejectUnknown(key, "update", turn);
    } else if (retries < 1) {
      turn.reject(
          INVALID_ARGUMENT,
          "Expected to update job '%d' to 1 retry or more, but the number given is '%d'"
              .formatted(key, retries));
    } else {
      turn.append(new JobRetriesUpdated(job.origin(), retries));
      turn.answer(new Answer.Done(key));
    }
  }

  private static void updateTimeout(long key, long timeoutMs, Turn turn) {
    Job job = turn.state().jobs().get(key);
    if (job == null) {
      rejectUnknown(key, "update", turn);
    } else if (job.state() != JobState.ACTIVATED) {
      turn.reject(
          INVALID_STATE,
          "Expected to update the timeout of job '%d', but no worker has it: its state is '%s'"
              .formatted(key, job.state()));
    } else {
      turn.append(new JobTimeoutUpdated(job.origin(), turn.nowMs() + timeoutMs));
      turn.answer(new Answer.Done(key));
    }
  }

  private static void release(long key, Turn turn) {
    Job job = turn.state().jobs().get(key);
    if (job == null || job.dueAtMs() == 0) return;
    turn.append(
        job.state() == JobState.ACTIVATED
            ? new JobTimedOut(job.origin())
            : new JobRecurred(job.origin()));
  }

  /// A job may be worked on although no worker has it now: the one whose time ran out can still
  /// finish.
  private static Job findWorkable(long key, String verb, Turn turn) {
    Job job = turn.state().jobs().get(key);
    if (job == null) {
      rejectUnknown(key, verb, turn);
      return null;
    }
    return switch (job.state()) {
      case ACTIVATABLE, ACTIVATED -> job;
      case FAILED, ERROR_THROWN -> {
        turn.reject(
            INVALID_STATE,
            "Expected to %s job with key '%d', but it is in state '%s'"
                .formatted(verb, key, job.state()));
        yield null;
      }
    };
  }

  private static void rejectUnknown(long key, String verb, Turn turn) {
    turn.reject(
        NOT_FOUND,
        "Expected to %s job with key '%d', but there is no such job".formatted(verb, key));
  }

  private static String cut(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
  }
}
