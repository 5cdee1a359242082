package io.skep.adapter.grpc;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsResponse;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.port.in.JobActivation;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// A worker's request for jobs.
final class JobStream implements JobActivation.Receiver {
  /// What a message has besides its jobs, and a job in its message besides itself.
  private static final int FRAMING = 16;

  private final WorkerCall<ActivateJobsResponse> call;
  private final ActivateJobs command;
  private final int maxMessageBytes;
  private final BooleanSupplier room;

  /// @param room whether workers may be given more than they have taken so far
  JobStream(
      WorkerCall<ActivateJobsResponse> call,
      ActivateJobs command,
      int maxMessageBytes,
      BooleanSupplier room) {
    this.call = call;
    this.command = command;
    this.maxMessageBytes = maxMessageBytes;
    this.room = room;
  }

  void start(JobActivation jobs, long requestTimeoutMs) {
    call.started(jobs.activate(command, requestTimeoutMs, this)::cancel);
  }

  @Override
  public boolean onJobs(List<ActivatedJob> jobs) {
    if (!room.getAsBoolean()) return false;
    var messages = messages(jobs);
    return messages != null && call.send(messages);
  }

  /// As many as it takes to stay below what a client accepts; `null` if a job is too large alone.
  private List<ActivateJobsResponse> messages(List<ActivatedJob> jobs) {
    var messages = new ArrayList<ActivateJobsResponse>(1);
    var message = ActivateJobsResponse.newBuilder();
    int bytes = FRAMING;
    for (ActivatedJob job : jobs) {
      var converted = Responses.job(job);
      int jobBytes = converted.getSerializedSize() + FRAMING;
      if (FRAMING + jobBytes > maxMessageBytes) return null;
      if (bytes + jobBytes > maxMessageBytes) {
        messages.add(message.build());
        message.clear();
        bytes = FRAMING;
      }
      message.addJobs(converted);
      bytes += jobBytes;
    }
    messages.add(message.build());
    return messages;
  }

  @Override
  public void onDone() {
    call.complete();
  }

  @Override
  public void onFailure(Reply reply) {
    call.fail(
        switch (reply) {
          case Answered(Rejection rejection) -> Statuses.of(rejection, command);
          case Answered(Answer answer) ->
              Statuses.of(
                  new IllegalStateException("Expected jobs or a rejection, but got " + answer));
          case Refused refused -> Statuses.of(refused);
        });
  }
}
