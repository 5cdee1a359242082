package io.skep.adapter.grpc;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.skep.port.in.CommandGateway;
import io.skep.port.in.JobActivation;
import io.skep.port.in.JobStreaming;
import io.skep.port.in.TopologyQuery;
import io.skep.port.out.Credentials;
import io.skep.port.out.GatewayMetrics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/// Listens for clients on the Gateway API.
@Singleton
public final class GatewayApiServer {
  /// How often clients are pinged that say nothing, and how long they may take to answer. One that
  /// hangs, or is cut off without a word, would hold what it has for hours.
  private static final Duration PING = Duration.ofSeconds(30);

  private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);

  private final GatewayApiSettings settings;
  private final CommandGateway commands;
  private final JobActivation jobs;
  private final JobStreaming streaming;
  private final TopologyQuery topology;
  private final GatewayMetrics metrics;
  private final Duration ping;
  private final Duration pingTimeout;

  /// What runs between [#start] and [#stop], else `null`.
  private Running running;

  private record Running(
      Server server, HealthStatusManager health, GatewayService service, EventLoopGroup loops) {}

  @Inject
  GatewayApiServer(
      GatewayApiSettings settings,
      CommandGateway commands,
      JobActivation jobs,
      JobStreaming streaming,
      TopologyQuery topology,
      GatewayMetrics metrics) {
    this(settings, commands, jobs, streaming, topology, metrics, PING, PING_TIMEOUT);
  }

  GatewayApiServer(
      GatewayApiSettings settings,
      CommandGateway commands,
      JobActivation jobs,
      JobStreaming streaming,
      TopologyQuery topology,
      GatewayMetrics metrics,
      Duration ping,
      Duration pingTimeout) {
    this.settings = settings;
    this.commands = commands;
    this.jobs = jobs;
    this.streaming = streaming;
    this.topology = topology;
    this.metrics = metrics;
    this.ping = ping;
    this.pingTimeout = pingTimeout;
  }

  /// Binds the port and serves from then on. Does nothing if it serves already.
  ///
  /// @throws UncheckedIOException if the port cannot be bound; the message names it and its key
  public synchronized void start() {
    if (running != null) return;
    var address = new InetSocketAddress(settings.host(), settings.port());
    if (address.isUnresolved()) throw cannotListen(new UnknownHostException("unknown host"));
    var health = new HealthStatusManager();
    health.setStatus(GatewayGrpc.SERVICE_NAME, ServingStatus.SERVING);
    var open = new OpenCalls(settings.limits());
    var service =
        new GatewayService(commands, jobs, streaming, topology, settings, open::isRoomForAnswers);
    var loops =
        new MultiThreadIoEventLoopGroup(
            eventLoops(), new DefaultThreadFactory("gateway-api"), ArrivalsIoHandler.factory());
    try {
      Server server = build(address, health, service, open, loops).start();
      running = new Running(server, health, service, loops);
    } catch (IOException e) {
      loops.shutdownGracefully(0, 0, MILLISECONDS);
      throw cannotListen(e);
    }
  }

  private Server build(
      InetSocketAddress address,
      HealthStatusManager health,
      GatewayService service,
      OpenCalls open,
      EventLoopGroup loops) {
    return withTls(NettyServerBuilder.forAddress(address))
        .bossEventLoopGroup(loops)
        .workerEventLoopGroup(loops)
        .channelType(NioServerSocketChannel.class)
        // No handler waits, so there is no need to leave the event loop for them.
        .directExecutor()
        .maxInboundMessageSize(settings.maxMessageBytes())
        .permitKeepAliveTime(permittedPingInterval(settings).toMillis(), MILLISECONDS)
        // Some clients in wide use ping without calls, and a server that forbids it cuts them off.
        .permitKeepAliveWithoutCalls(true)
        .keepAliveTime(ping.toMillis(), MILLISECONDS)
        .keepAliveTimeout(pingTimeout.toMillis(), MILLISECONDS)
        .intercept(open)
        .addStreamTracerFactory(new CallMetrics(metrics))
        .addService(service)
        .addService(health.getHealthService())
        .addService(ProtoReflectionServiceV1.newInstance())
        .addService(olderReflection())
        .build();
  }

  private NettyServerBuilder withTls(NettyServerBuilder builder) {
    Credentials credentials = settings.credentials();
    if (credentials == null) return builder;
    try {
      var context = SslContextBuilder.forServer(credentials.keyManager());
      return builder.sslContext(GrpcSslContexts.configure(context, SslProvider.JDK).build());
    } catch (SSLException e) {
      throw new IllegalStateException(
          "Expected TLS for the Gateway API with %s, but: %s"
              .formatted(credentials, e.getMessage()),
          e);
    }
  }

  /// Tools of a few years ago, and some of today, know no other.
  @SuppressWarnings("deprecation")
  private static BindableService olderReflection() {
    return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
  }

  /// One loop takes a connection at a time; more loops than half of the cores compete with the
  /// partitions.
  private static int eventLoops() {
    return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 8);
  }

  /// A little less than the interval that clients were promised: their pings do not arrive evenly.
  private static Duration permittedPingInterval(GatewayApiSettings settings) {
    return settings.minKeepAliveInterval().multipliedBy(9).dividedBy(10);
  }

  private UncheckedIOException cannotListen(IOException cause) {
    Throwable root = cause;
    while (root.getCause() != null) root = root.getCause();
    return new UncheckedIOException(
        "Expected to listen for clients on %s:%d (zeebe.gateway.network.host and zeebe.gateway.network.port), but: %s"
            .formatted(settings.host(), settings.port(), root.getMessage()),
        cause);
  }

  /// Stops: says so to health checks, accepts nothing more, ends what waits for jobs, and gives the
  /// rest the grace to end. Does nothing if it does not serve.
  public synchronized void stop() {
    if (running == null) return;
    running.health().enterTerminalState();
    running.server().shutdown();
    running.service().stop();
    try {
      running.server().awaitTermination(settings.stopGrace().toMillis(), MILLISECONDS);
      running.server().shutdownNow();
      running.server().awaitTermination(1, SECONDS);
    } catch (InterruptedException e) {
      running.server().shutdownNow();
      Thread.currentThread().interrupt();
    }
    running.loops().shutdownGracefully(0, 1_000, MILLISECONDS);
    running = null;
  }

  /// The port it listens on: the one that was taken if any would do.
  public synchronized int port() {
    return running == null ? settings.port() : running.server().getPort();
  }
}
