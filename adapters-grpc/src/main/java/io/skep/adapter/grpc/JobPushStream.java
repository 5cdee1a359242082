package io.skep.adapter.grpc;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass;
import io.grpc.stub.ServerCallStreamObserver;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.port.in.JobStreaming;
import java.util.function.Consumer;

/// A worker's open stream of jobs. Ends when the worker has gone or the gateway stops.
final class JobPushStream implements JobStreaming.Receiver {
  private final ServerCallStreamObserver<GatewayOuterClass.ActivatedJob> client;
  private final int maxMessageBytes;
  private final Consumer<JobPushStream> onEnd;
  private JobStreaming.Stream stream;
  private boolean ended;

  JobPushStream(
      ServerCallStreamObserver<GatewayOuterClass.ActivatedJob> client,
      int maxMessageBytes,
      Consumer<JobPushStream> onEnd) {
    this.client = client;
    this.maxMessageBytes = maxMessageBytes;
    this.onEnd = onEnd;
    client.setOnCancelHandler(this::end);
    client.setOnReadyHandler(this::ready);
  }

  void start(JobStreaming jobs, JobStreaming.Terms terms) {
    JobStreaming.Stream opened = jobs.open(terms, this);
    boolean tooLate;
    synchronized (this) {
      stream = opened;
      tooLate = ended;
    }
    if (tooLate) opened.close();
  }

  private void ready() {
    JobStreaming.Stream opened;
    synchronized (this) {
      opened = stream;
    }
    if (opened != null) opened.ready();
  }

  /// Ends it though the worker would take more.
  void endEarly() {
    if (end()) client.onCompleted();
  }

  private boolean end() {
    JobStreaming.Stream opened;
    synchronized (this) {
      if (ended) return false;
      ended = true;
      opened = stream;
    }
    if (opened != null) opened.close();
    onEnd.accept(this);
    return true;
  }

  @Override
  public boolean isReady() {
    return client.isReady();
  }

  @Override
  public boolean onJob(ActivatedJob job) {
    var message = Responses.job(job);
    if (message.getSerializedSize() > maxMessageBytes) return false;
    synchronized (this) {
      if (ended || client.isCancelled()) return false;
      client.onNext(message);
      return true;
    }
  }
}
