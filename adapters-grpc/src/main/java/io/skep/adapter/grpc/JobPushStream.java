package io.skep.adapter.grpc;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.port.in.JobStreaming;
import java.util.List;

/// A worker's stream of jobs. Ends when the worker has gone or the gateway stops.
final class JobPushStream implements JobStreaming.Receiver {
  private final WorkerCall<GatewayOuterClass.ActivatedJob> call;
  private final JobStreaming.Terms terms;
  private final int maxMessageBytes;

  /// `null` until it is open. gRPC tells the worker's call one thing after the other, so the worker
  /// is not ready again before that.
  private volatile JobStreaming.Stream stream;

  JobPushStream(
      WorkerCall<GatewayOuterClass.ActivatedJob> call,
      JobStreaming.Terms terms,
      int maxMessageBytes) {
    this.call = call;
    this.terms = terms;
    this.maxMessageBytes = maxMessageBytes;
    call.client().setOnReadyHandler(this::ready);
  }

  void start(JobStreaming jobs) {
    stream = jobs.open(terms, this);
    call.started(stream::close);
  }

  private void ready() {
    if (stream != null) stream.ready();
  }

  @Override
  public boolean isReady() {
    return call.client().isReady();
  }

  @Override
  public boolean onJob(ActivatedJob job) {
    var message = Responses.job(job);
    return message.getSerializedSize() <= maxMessageBytes && call.send(List.of(message));
  }
}
