package io.skep.adapter.grpc;

import com.google.protobuf.MessageLite;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the calls of clients that are open and the bytes that they hold, and refuses what is
/// beyond the limits before it is looked into.
///
/// A call counts until its client has the answer. One that its client has given up counts until
/// what it asked for is through, unless that is called off with it.
final class OpenCalls implements ServerInterceptor {
  /// Calls that a gateway keeps waiting. They may take up half of the room: so that work goes on
  /// however many wait.
  private static final Set<MethodDescriptor<?, ?>> WAITING =
      Set.of(
          GatewayGrpc.getActivateJobsMethod(),
          GatewayGrpc.getStreamActivatedJobsMethod(),
          GatewayGrpc.getCreateProcessInstanceWithResultMethod());

  /// Calls that let work end, and those that tell how it is. They may take up all of the room;
  /// whatever else there is three quarters: so that work ends however much more is brought.
  private static final Set<MethodDescriptor<?, ?>> ENDING =
      Set.of(
          GatewayGrpc.getCompleteJobMethod(),
          GatewayGrpc.getFailJobMethod(),
          GatewayGrpc.getCancelProcessInstanceMethod(),
          GatewayGrpc.getTopologyMethod());

  /// Calls that end as soon as their client has gone.
  private static final Set<MethodDescriptor<?, ?>> CALLED_OFF =
      Set.of(GatewayGrpc.getActivateJobsMethod(), GatewayGrpc.getStreamActivatedJobsMethod());

  private final CallLimits limits;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  OpenCalls(CallLimits limits) {
    this.limits = limits;
  }

  /// How many are open.
  int count() {
    return calls.get();
  }

  /// Whether clients take answers as fast as they get them, by and large.
  boolean isRoomForAnswers() {
    return bytes.get() <= limits.bytes();
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    int quarters = quarters(call.getMethodDescriptor());
    int most = (int) Math.max(1, limits.calls() * (long) quarters / 4);
    if (calls.incrementAndGet() > most) {
      calls.decrementAndGet();
      refuse(
          call,
          "Expected at most %d calls to be open for one more to %s (see skep.gateway.maxCalls), but there are as many: try again later"
              .formatted(most, call.getMethodDescriptor().getBareMethodName()));
      return new ServerCall.Listener<>() {};
    }
    var counted = new Counted<>(call, limits.bytes() * quarters / 4);
    try {
      return counted.listener(next.startCall(counted, headers));
    } catch (RuntimeException e) {
      counted.release();
      throw e;
    }
  }

  private static int quarters(MethodDescriptor<?, ?> method) {
    if (WAITING.contains(method)) return 2;
    boolean isOfOthers = !GatewayGrpc.SERVICE_NAME.equals(method.getServiceName());
    return isOfOthers || ENDING.contains(method) ? 4 : 3;
  }

  private static void refuse(ServerCall<?, ?> call, String why) {
    call.close(Status.RESOURCE_EXHAUSTED.withDescription(why), new Metadata());
  }

  private final class Counted<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final long mostBytes;
    private final boolean calledOff;
    private long held;

    /// The request is where an answer will come from.
    private boolean handed;

    private boolean answered;
    private boolean over;
    private boolean released;

    Counted(ServerCall<Q, R> call, long mostBytes) {
      super(call);
      this.mostBytes = mostBytes;
      calledOff = CALLED_OFF.contains(call.getMethodDescriptor());
    }

    ServerCall.Listener<Q> listener(ServerCall.Listener<Q> listener) {
      return new SimpleForwardingServerCallListener<>(listener) {
        private boolean refused;

        @Override
        public void onMessage(Q message) {
          if (refused) return;
          long all = hold(message);
          if (all <= mostBytes) {
            super.onMessage(message);
            return;
          }
          refused = true;
          refuse(
              Counted.this,
              "Expected messages of clients to take at most %d bytes together, but with this one it would be %d: try again later"
                  .formatted(mostBytes, all));
        }

        @Override
        public void onHalfClose() {
          if (refused) return;
          synchronized (Counted.this) {
            handed = true;
          }
          try {
            super.onHalfClose();
          } catch (RuntimeException e) {
            release();
            throw e;
          }
        }

        @Override
        public void onComplete() {
          try {
            super.onComplete();
          } finally {
            ended();
          }
        }

        @Override
        public void onCancel() {
          try {
            super.onCancel();
          } finally {
            ended();
          }
        }
      };
    }

    @Override
    public void sendMessage(R message) {
      // On a stream gRPC's flow control says how much waits.
      if (!getMethodDescriptor().equals(GatewayGrpc.getStreamActivatedJobsMethod())) hold(message);
      super.sendMessage(message);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      super.close(status, trailers);
      synchronized (this) {
        answered = true;
        if (!over) return;
      }
      release();
    }

    /// @return what all calls hold
    private synchronized long hold(Object message) {
      int size = message instanceof MessageLite known ? known.getSerializedSize() : 0;
      if (released) return 0;
      held += size;
      return bytes.addAndGet(size);
    }

    /// The client has the answer, or has gone.
    private void ended() {
      synchronized (this) {
        over = true;
        if (handed && !answered && !calledOff) return;
      }
      release();
    }

    void release() {
      synchronized (this) {
        if (released) return;
        released = true;
        bytes.addAndGet(-held);
      }
      calls.decrementAndGet();
    }
  }
}
