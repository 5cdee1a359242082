package io.skep.domain.engine.job;

import io.skep.domain.engine.Command;
import io.skep.domain.json.JsonObject;
import java.util.List;

/// What workers ask of jobs.
public sealed interface JobCommand extends Command {

  /// Gives a worker jobs of one type.
  sealed interface HandOutJobs extends JobCommand {
    String type();

    String worker();

    /// How long a job stays with the worker, 1 or more.
    long timeoutMs();

    /// Names of the variables to hand out; empty for all visible ones.
    List<String> fetchVariables();

    /// How large the answer's jobs may get together, by [ActivatedJob#answerBytes].
    int maxBytes();

    /// The same request for an answer of another size.
    HandOutJobs withMaxBytes(int maxBytes);
  }

  /// Hands out jobs in the order of their keys.
  ///
  /// @param maxJobs 1 or more
  record ActivateJobs(
      String type,
      String worker,
      long timeoutMs,
      int maxJobs,
      List<String> fetchVariables,
      List<String> tenantIds,
      int maxBytes)
      implements HandOutJobs {

    /// The same request for fewer jobs.
    public ActivateJobs withMaxJobs(int maxJobs) {
      return new ActivateJobs(
          type, worker, timeoutMs, maxJobs, fetchVariables, tenantIds, maxBytes);
    }

    @Override
    public ActivateJobs withMaxBytes(int maxBytes) {
      return new ActivateJobs(
          type, worker, timeoutMs, maxJobs, fetchVariables, tenantIds, maxBytes);
    }
  }

  /// Waits for jobs that a worker wants pushed. A gateway sends it without keys; the partition's
  /// leader keeps it until there are jobs, puts in their keys, and only then has it run.
  ///
  /// @param streamId by which the gateway tells its streams apart
  /// @param jobKeys which jobs; those that cannot be handed out any more are left out
  record StreamJobs(
      long streamId,
      String type,
      String worker,
      long timeoutMs,
      List<String> fetchVariables,
      List<String> tenantIds,
      int maxBytes,
      List<Long> jobKeys)
      implements HandOutJobs {

    @Override
    public StreamJobs withMaxBytes(int maxBytes) {
      return new StreamJobs(
          streamId, type, worker, timeoutMs, fetchVariables, tenantIds, maxBytes, jobKeys);
    }

    /// The same request with jobs to hand out.
    public StreamJobs withJobs(List<Long> keys) {
      return new StreamJobs(
          streamId, type, worker, timeoutMs, fetchVariables, tenantIds, maxBytes, keys);
    }
  }

  /// Nobody waits for a stream's jobs any more. The leader does as it says without the log.
  record EndJobStream(long streamId, String type) implements JobCommand {}

  record CompleteJob(long jobKey, JsonObject variables) implements JobCommand {}

  /// @param retries attempts left after this failure; 0 and less raises an incident
  /// @param backoffMs milliseconds until the job may be activated again, 0 or more
  record FailJob(
      long jobKey, int retries, long backoffMs, String errorMessage, JsonObject variables)
      implements JobCommand {}

  /// A worker met an error that the process should handle.
  record ThrowError(long jobKey, String errorCode, String errorMessage, JsonObject variables)
      implements JobCommand {}

  /// Gives back jobs that did not reach their worker, with their retries as they were. Comes too
  /// late for an activation that is over: another worker may have the job by then.
  record YieldJobs(List<Activation> activations) implements JobCommand {

    /// Gives back jobs as they were handed out.
    public static YieldJobs of(List<ActivatedJob> jobs) {
      return new YieldJobs(
          jobs.stream().map(job -> new Activation(job.key(), job.deadlineMs())).toList());
    }
  }

  /// One time that a job was handed out.
  ///
  /// @param deadlineMs as in [ActivatedJob#deadlineMs], which tells it from others of the same job;
  ///   [#ANY] if whoever gives it back does not say
  record Activation(long jobKey, long deadlineMs) {
    /// Whichever the job is in. Members of schema version 1 mean that.
    public static final long ANY = 0;
  }

  /// @param retries 1 or more
  record UpdateJobRetries(long jobKey, int retries) implements JobCommand {}

  /// @param timeoutMs counts from now
  record UpdateJobTimeout(long jobKey, long timeoutMs) implements JobCommand {}

  /// A worker's time or a back-off is over. Never comes from outside.
  record ReleaseJob(long jobKey) implements JobCommand {}
}
