package io.skep.adapter.grpc;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.skep.port.out.GatewayMetrics;
import java.util.Map;
import java.util.stream.Collectors;

/// Reports the calls of the gateway protocol, also those that end before they reach a handler.
final class CallMetrics extends ServerStreamTracer.Factory {
  private static final ServerStreamTracer NOTHING = new ServerStreamTracer() {};

  /// Their names by their full names. Others are not reported: clients can make up any.
  private static final Map<String, String> METHODS =
      GatewayGrpc.getServiceDescriptor().getMethods().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  MethodDescriptor::getFullMethodName, MethodDescriptor::getBareMethodName));

  private final GatewayMetrics metrics;

  CallMetrics(GatewayMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    String method = METHODS.get(fullMethodName);
    return method == null ? NOTHING : new Call(method);
  }

  private final class Call extends ServerStreamTracer {
    private final String method;
    private final long startNanos = System.nanoTime();

    private Call(String method) {
      this.method = method;
      metrics.started(method);
    }

    @Override
    public void streamClosed(Status status) {
      metrics.ended(method, status.getCode().name(), System.nanoTime() - startNanos);
    }
  }
}
