package io.skep.adapter.grpc;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.skep.port.in.TopologyQuery;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// Listens for clients on the Gateway API.
@Singleton
public final class GatewayApiServer {
  private final GatewayApiSettings settings;
  private final HealthStatusManager health = new HealthStatusManager();
  private Server server;

  @Inject
  GatewayApiServer(GatewayApiSettings settings, TopologyQuery topology) {
    this.settings = settings;
  }

  /// Binds the port and serves from then on. Does nothing if it serves already.
  ///
  /// @throws UncheckedIOException if the port cannot be bound; the message names it and its key
  public synchronized void start() {
    if (server != null) return;
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
              .maxInboundMessageSize(settings.maxMessageBytes())
              .addService(health.getHealthService())
              .addService(ProtoReflectionServiceV1.newInstance())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Expected to listen on %s:%d for clients (zeebe.gateway.network.host and port), but: %s"
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
  }

  /// Stops: tells health checks so, accepts nothing more, and gives what is under way the grace to
  /// end. Idempotent.
  public synchronized void stop() {
    if (server == null) return;
    health.enterTerminalState();
    server.shutdown();
    try {
      server.awaitTermination(settings.stopGrace().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.shutdownNow();
  }

  /// The port it listens on; tells which one was taken if any would do.
  public synchronized int port() {
    return server == null ? settings.port() : server.getPort();
  }
}
