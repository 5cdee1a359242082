package io.skep.adapter.grpc;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsResponse;
import io.grpc.stub.ServerCallStreamObserver;
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
import java.util.function.Consumer;

/// A worker's request for jobs, from its start to its end.
final class JobStream implements JobActivation.Receiver {
  /// What a message has besides its jobs, and a job in its message besides itself.
  private static final int FRAMING = 16;

  private final ServerCallStreamObserver<ActivateJobsResponse> client;
  private final ActivateJobs command;
  private final int maxMessageBytes;
  private final Consumer<JobStream> onEnd;
  private JobActivation.Request request;
  private boolean ended;

  JobStream(
      ServerCallStreamObserver<ActivateJobsResponse> client,
      ActivateJobs command,
      int maxMessageBytes,
      Consumer<JobStream> onEnd) {
    this.client = client;
    this.command = command;
    this.maxMessageBytes = maxMessageBytes;
    this.onEnd = onEnd;
    client.setOnCancelHandler(this::clientHasGone);
  }

  void start(JobActivation jobs, long requestTimeoutMs) {
    JobActivation.Request started = jobs.activate(command, requestTimeoutMs, this);
    boolean tooLate;
    synchronized (this) {
      request = started;
      tooLate = ended;
    }
    if (tooLate) started.cancel();
  }

  /// Ends it though the worker would wait on. What is on its way to it is given back.
  void endEarly() {
    if (!end()) return;
    cancelRequest();
    client.onCompleted();
  }

  private void clientHasGone() {
    if (end()) cancelRequest();
  }

  private void cancelRequest() {
    JobActivation.Request started;
    synchronized (this) {
      started = request;
    }
    if (started != null) started.cancel();
  }

  private boolean end() {
    synchronized (this) {
      if (ended) return false;
      ended = true;
    }
    onEnd.accept(this);
    return true;
  }

  @Override
  public boolean onJobs(List<ActivatedJob> jobs) {
    var messages = messages(jobs);
    synchronized (this) {
      if (messages == null || ended || client.isCancelled()) return false;
      messages.forEach(client::onNext);
      return true;
    }
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
    if (end()) client.onCompleted();
  }

  @Override
  public void onFailure(Reply reply) {
    if (!end()) return;
    switch (reply) {
      case Answered(Rejection rejection) -> client.onError(Statuses.of(rejection, command));
      case Answered(Answer answer) ->
          client.onError(
              Statuses.of(
                  new IllegalStateException("Expected jobs or a rejection, but got " + answer)));
      case Refused refused -> client.onError(Statuses.of(refused));
    }
  }
}
