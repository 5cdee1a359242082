package io.skep.load;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/// Gets jobs and completes each at once. On the gateway's event loop only.
final class Worker {
  /// Long polls that are open at any time when jobs are polled.
  private static final int POLLS = 4;

  private static final long PAUSE_AFTER_FAILURE_MS = 100;

  /// What becomes of jobs.
  interface Listener {
    /// Its only job is completed, and that is acknowledged.
    void completed(long instanceKey);

    /// A request was refused for want of room, and will be sent again.
    void refused();

    /// A call for jobs failed, and will be made again.
    void failed(String call, Status status);

    /// The only job could not be completed.
    void lost(long instanceKey, Status status);
  }

  private final Gateway gateway;
  private final Requests requests;
  private final Listener listener;

  Worker(Gateway gateway, Requests requests, Listener listener) {
    this.gateway = gateway;
    this.requests = requests;
    this.listener = listener;
  }

  void begin(boolean streaming) {
    if (streaming) {
      for (int i = 0; i < gateway.connections(); i++) stream(i);
    }
    // A stream gets new jobs only: one poll fetches those that were there before, or came back.
    int polls = streaming ? 1 : Math.max(POLLS, gateway.connections());
    ActivateJobsRequest request = requests.activation();
    for (int i = 0; i < polls; i++) poll(i, request);
  }

  private void poll(int connection, ActivateJobsRequest request) {
    gateway.activate(
        connection,
        request,
        gateway.onLoop(
            new StreamObserver<ActivateJobsResponse>() {
              @Override
              public void onNext(ActivateJobsResponse response) {
                response.getJobsList().forEach(Worker.this::complete);
              }

              @Override
              public void onError(Throwable failure) {
                again("ActivateJobs", failure, () -> poll(connection, request));
              }

              @Override
              public void onCompleted() {
                poll(connection, request);
              }
            }));
  }

  private void stream(int connection) {
    gateway.stream(
        connection,
        requests.stream(),
        gateway.onLoop(
            new StreamObserver<ActivatedJob>() {
              @Override
              public void onNext(ActivatedJob job) {
                complete(job);
              }

              @Override
              public void onError(Throwable failure) {
                again("StreamActivatedJobs", failure, () -> stream(connection));
              }

              @Override
              public void onCompleted() {
                gateway
                    .loop()
                    .schedule(() -> stream(connection), PAUSE_AFTER_FAILURE_MS, MILLISECONDS);
              }
            }));
  }

  private void again(String call, Throwable failure, Runnable next) {
    Status status = Status.fromThrowable(failure);
    if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED) listener.refused();
    else listener.failed(call, status);
    gateway.loop().schedule(next, PAUSE_AFTER_FAILURE_MS, MILLISECONDS);
  }

  private void complete(ActivatedJob job) {
    complete(Requests.completion(job.getKey()), job.getProcessInstanceKey(), 0);
  }

  private void complete(CompleteJobRequest request, long instanceKey, int refusals) {
    gateway.complete(
        request,
        Answer.to(
            gateway,
            _ -> listener.completed(instanceKey),
            status -> {
              if (status.getCode() != Status.Code.RESOURCE_EXHAUSTED) {
                listener.lost(instanceKey, status);
                return;
              }
              listener.refused();
              gateway
                  .loop()
                  .schedule(
                      () -> complete(request, instanceKey, refusals + 1),
                      Operation.pauseMs(refusals),
                      MILLISECONDS);
            }));
  }
}
