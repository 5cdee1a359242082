package io.skep.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc.GatewayBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import org.junit.jupiter.api.function.Executable;

/// A server on a free port of the loopback interface, and a channel to it.
final class ServerFixture implements AutoCloseable {
  static final int MAX_MESSAGE_BYTES = 64 * 1024;
  private static final int WINDOW_BYTES = 65_535;
  static final String GATEWAY_VERSION = "8.6.0";
  static final CallLimits LIMITS = new CallLimits(1_000, 64 << 20);

  final FakeGateway gateway = new FakeGateway();
  final GatewayApiServer server;
  final ManagedChannel channel;
  final GatewayBlockingStub stub;

  ServerFixture() {
    this(Duration.ofSeconds(30), Duration.ofSeconds(5));
  }

  ServerFixture(Duration minKeepAliveInterval, Duration stopGrace) {
    this(settings(0, minKeepAliveInterval, stopGrace, LIMITS));
  }

  /// With other limits.
  ServerFixture(CallLimits limits) {
    this(settings(0, Duration.ofSeconds(30), Duration.ofSeconds(5), limits));
  }

  private ServerFixture(GatewayApiSettings settings) {
    server = new GatewayApiServer(settings, gateway, gateway, gateway, gateway, gateway);
    server.start();
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            // Small, so that little is enough for a client not to take more.
            .flowControlWindow(WINDOW_BYTES)
            .usePlaintext()
            .build();
    stub = GatewayGrpc.newBlockingStub(channel);
  }

  static GatewayApiServer server(
      int port, Duration minKeepAliveInterval, Duration stopGrace, FakeGateway gateway) {
    var settings = settings(port, minKeepAliveInterval, stopGrace, LIMITS);
    return new GatewayApiServer(settings, gateway, gateway, gateway, gateway, gateway);
  }

  static GatewayApiSettings settings(
      int port, Duration minKeepAliveInterval, Duration stopGrace, CallLimits limits) {
    return new GatewayApiSettings(
        "127.0.0.1",
        port,
        MAX_MESSAGE_BYTES,
        minKeepAliveInterval,
        stopGrace,
        GATEWAY_VERSION,
        limits);
  }

  /// What a call ends with that must not succeed.
  static StatusRuntimeException failure(Executable call) {
    return assertThrows(StatusRuntimeException.class, call);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.stop();
  }
}
