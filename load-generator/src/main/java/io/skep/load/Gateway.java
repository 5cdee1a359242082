package io.skep.load;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc.GatewayStub;
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
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.Resource;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.StreamActivatedJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.skep.load.Options.Target;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/// The gateway under load, over one or more connections which share an event loop. Everything that
/// the load generator does after its start happens on that thread.
final class Gateway implements AutoCloseable {
  /// As long as the clients of the protocol wait by default, and a little more.
  private static final int REQUEST_TIMEOUT_S = 30;

  private static final int CONNECT_TIMEOUT_S = 10;
  private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

  private final Target target;
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<GatewayStub> stubs = new ArrayList<>();
  private int turn;

  /// There is none, or it does not do as it is told. The message says what was expected.
  static final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GatewayException(String message) {
      super(message);
    }
  }

  Gateway(Target target) {
    this.target = target;
    for (int i = 0; i < target.connections(); i++) {
      ManagedChannel channel = channel();
      channels.add(channel);
      stubs.add(GatewayGrpc.newStub(channel));
    }
  }

  private ManagedChannel channel() {
    var builder =
        NettyChannelBuilder.forAddress(target.host(), target.port())
            .eventLoopGroup(group)
            .channelType(NioSocketChannel.class)
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .directExecutor();
    if (!target.tls()) return builder.usePlaintext().build();
    try {
      var context = GrpcSslContexts.forClient();
      if (target.certificates() != null) context.trustManager(target.certificates().toFile());
      return builder.sslContext(context.build()).build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new GatewayException(
          "Expected certificates in PEM format in %s, but: %s"
              .formatted(target.certificates(), rootMessage(e)));
    }
  }

  EventLoop loop() {
    return loop;
  }

  int connections() {
    return stubs.size();
  }

  /// Makes sure that there is one.
  ///
  /// @throws GatewayException if there is not
  TopologyResponse topology() {
    try {
      TopologyResponse topology = null;
      for (ManagedChannel channel : channels) {
        topology =
            GatewayGrpc.newBlockingStub(channel)
                .withDeadlineAfter(CONNECT_TIMEOUT_S, SECONDS)
                .topology(TopologyRequest.getDefaultInstance());
      }
      return topology;
    } catch (StatusRuntimeException e) {
      throw new GatewayException(
          "Expected a Zeebe gateway at %s, but %s".formatted(target.address(), reason(e)));
    }
  }

  /// @throws GatewayException if it is refused
  void deploy(String name, byte[] model) {
    var resource =
        Resource.newBuilder().setName(name).setContent(ByteString.copyFrom(model)).build();
    try {
      GatewayGrpc.newBlockingStub(channels.getFirst())
          .withDeadlineAfter(REQUEST_TIMEOUT_S, SECONDS)
          .deployResource(DeployResourceRequest.newBuilder().addResources(resource).build());
    } catch (StatusRuntimeException e) {
      throw new GatewayException(
          "Expected %s to take %s, but %s".formatted(target.address(), name, reason(e)));
    }
  }

  private static String reason(StatusRuntimeException failure) {
    Status status = failure.getStatus();
    String text = "it answers " + status.getCode();
    if (status.getDescription() != null) text += ": " + status.getDescription();
    if (failure.getCause() != null) text += " (" + rootMessage(failure) + ")";
    return text;
  }

  private static String rootMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) cause = cause.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  void create(
      CreateProcessInstanceRequest request, StreamObserver<CreateProcessInstanceResponse> answer) {
    next().createProcessInstance(request, answer);
  }

  void createWithResult(
      CreateProcessInstanceWithResultRequest request,
      StreamObserver<CreateProcessInstanceWithResultResponse> answer) {
    next().createProcessInstanceWithResult(request, answer);
  }

  void complete(CompleteJobRequest request, StreamObserver<CompleteJobResponse> answer) {
    next().completeJob(request, answer);
  }

  /// @param connection from 0
  void activate(
      int connection, ActivateJobsRequest request, StreamObserver<ActivateJobsResponse> answer) {
    stubs
        .get(connection % stubs.size())
        .withDeadlineAfter(request.getRequestTimeout() + 10_000, MILLISECONDS)
        .activateJobs(request, answer);
  }

  /// @param connection from 0
  void stream(
      int connection, StreamActivatedJobsRequest request, StreamObserver<ActivatedJob> jobs) {
    stubs.get(connection % stubs.size()).streamActivatedJobs(request, jobs);
  }

  private GatewayStub next() {
    if (++turn >= stubs.size()) turn = 0;
    return stubs.get(turn).withDeadlineAfter(REQUEST_TIMEOUT_S, SECONDS);
  }

  /// Takes an answer to the event loop: gRPC tells some failures on other threads.
  <T extends MessageLite> StreamObserver<T> onLoop(StreamObserver<T> observer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T message) {
        run(() -> observer.onNext(message));
      }

      @Override
      public void onError(Throwable failure) {
        run(() -> observer.onError(failure));
      }

      @Override
      public void onCompleted() {
        run(observer::onCompleted);
      }
    };
  }

  private void run(Runnable task) {
    if (loop.inEventLoop()) task.run();
    else if (!loop.isShuttingDown()) loop.execute(task);
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    for (ManagedChannel channel : channels) {
      try {
        channel.awaitTermination(2, SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    group.shutdownGracefully(0, 2_000, MILLISECONDS);
  }
}
