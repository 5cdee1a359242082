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
  static final String GATEWAY_VERSION = "8.6.0";

  final FakeGateway gateway = new FakeGateway();
  final GatewayApiServer server;
  final ManagedChannel channel;
  final GatewayBlockingStub stub;

  ServerFixture() {
    this(Duration.ofSeconds(30), Duration.ofSeconds(5));
  }

  ServerFixture(Duration minKeepAliveInterval, Duration stopGrace) {
    server = server(0, minKeepAliveInterval, stopGrace, gateway);
    server.start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    stub = GatewayGrpc.newBlockingStub(channel);
  }

  static GatewayApiServer server(
      int port, Duration minKeepAliveInterval, Duration stopGrace, FakeGateway gateway) {
    var settings =
        new GatewayApiSettings(
            "127.0.0.1", port, MAX_MESSAGE_BYTES, minKeepAliveInterval, stopGrace, GATEWAY_VERSION);
    return new GatewayApiServer(settings, gateway, gateway, gateway, gateway, gateway);
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
