package io.skep.load;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc.GatewayImplBase;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceWithResultRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceWithResultResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployResourceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployResourceResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.StreamActivatedJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/// A gateway on a free port that runs one process with at most one task. One thread does all of it.
final class FakeGateway extends GatewayImplBase implements AutoCloseable {
  private final Server server;
  private final Deque<ActivatedJob> jobs = new ArrayDeque<>();
  private final Deque<StreamObserver<ActivateJobsResponse>> polls = new ArrayDeque<>();
  private final Map<Long, Long> instanceByJob = new HashMap<>();
  private long lastKey;

  final List<DeployResourceRequest> deployments = new ArrayList<>();
  StreamObserver<ActivatedJob> stream;
  volatile long created;
  volatile long completed;
  volatile long pushed;

  /// How many requests to refuse for want of room.
  volatile int refusals;

  /// What creations end with, or `null`.
  volatile Status failure;

  /// What completions end with, or `null`.
  volatile Status completionFailure;

  /// How long the creation of this number takes, in milliseconds.
  volatile long slowNumber = -1;

  volatile long slowMs;

  FakeGateway() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .executor(Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory()))
            .addService(this)
            .build()
            .start();
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /// A job that an earlier run has left.
  void leaveJob(String type) {
    addJob(type, ++lastKey);
  }

  @Override
  public void topology(TopologyRequest request, StreamObserver<TopologyResponse> answer) {
    answer(answer, TopologyResponse.newBuilder().setGatewayVersion("8.6.0").build());
  }

  @Override
  public void deployResource(
      DeployResourceRequest request, StreamObserver<DeployResourceResponse> answer) {
    deployments.add(request);
    answer(answer, DeployResourceResponse.getDefaultInstance());
  }

  @Override
  public void createProcessInstance(
      CreateProcessInstanceRequest request, StreamObserver<CreateProcessInstanceResponse> answer) {
    if (isTurnedDown(answer)) return;
    long key = ++lastKey;
    // Before the answer: it may come second.
    if (request.getBpmnProcessId().endsWith("-task")) addJob(request.getBpmnProcessId(), key);
    answer(answer, CreateProcessInstanceResponse.newBuilder().setProcessInstanceKey(key).build());
  }

  @Override
  public void createProcessInstanceWithResult(
      CreateProcessInstanceWithResultRequest request,
      StreamObserver<CreateProcessInstanceWithResultResponse> answer) {
    if (isTurnedDown(answer)) return;
    answer(answer, CreateProcessInstanceWithResultResponse.getDefaultInstance());
  }

  private boolean isTurnedDown(StreamObserver<?> answer) {
    if (refusals > 0) {
      refusals--;
      answer.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
      return true;
    }
    if (failure != null) {
      answer.onError(failure.asRuntimeException());
      return true;
    }
    if (created++ == slowNumber) {
      try {
        Thread.sleep(slowMs);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return false;
  }

  private void addJob(String type, long instanceKey) {
    long key = ++lastKey;
    instanceByJob.put(key, instanceKey);
    jobs.add(
        ActivatedJob.newBuilder()
            .setKey(key)
            .setType(type)
            .setProcessInstanceKey(instanceKey)
            .build());
    hand();
  }

  private void hand() {
    if (stream != null && !jobs.isEmpty()) {
      pushed++;
      stream.onNext(jobs.poll());
    } else if (!polls.isEmpty() && !jobs.isEmpty()) {
      var response = ActivateJobsResponse.newBuilder().addJobs(jobs.poll()).build();
      answer(polls.poll(), response);
    }
  }

  @Override
  public void activateJobs(
      ActivateJobsRequest request, StreamObserver<ActivateJobsResponse> answer) {
    polls.add(answer);
    hand();
  }

  @Override
  public void streamActivatedJobs(
      StreamActivatedJobsRequest request, StreamObserver<ActivatedJob> answer) {
    stream = answer;
  }

  @Override
  public void completeJob(CompleteJobRequest request, StreamObserver<CompleteJobResponse> answer) {
    if (completionFailure != null) {
      answer.onError(completionFailure.asRuntimeException());
    } else if (instanceByJob.remove(request.getJobKey()) == null) {
      answer.onError(Status.NOT_FOUND.asRuntimeException());
    } else {
      completed++;
      answer(answer, CompleteJobResponse.getDefaultInstance());
    }
  }

  private static <T> void answer(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
