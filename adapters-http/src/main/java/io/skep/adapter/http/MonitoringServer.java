package io.skep.adapter.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Listens for probes and scrapers on the Monitoring API.
///
/// One thread does everything: an answer takes micro- to milliseconds, and nobody should ask often.
@Singleton
public final class MonitoringServer {
  static final int MAX_CONNECTIONS = 256;
  static final int MAX_LINE_BYTES = 4096;
  static final int MAX_HEADER_BYTES = 16 * 1024;
  static final int MAX_BODY_BYTES = 64 * 1024;

  private final MonitoringSettings settings;
  private final Endpoints endpoints;
  private final ProcessMeters process;
  private final Duration idle;
  private final Duration request;
  private EventLoopGroup loop;
  private ChannelGroup connections;
  private Channel listener;

  @Inject
  MonitoringServer(MonitoringSettings settings, Endpoints endpoints, ProcessMeters process) {
    this(settings, endpoints, process, Duration.ofSeconds(60), Duration.ofSeconds(10));
  }

  MonitoringServer(
      MonitoringSettings settings,
      Endpoints endpoints,
      ProcessMeters process,
      Duration idle,
      Duration request) {
    this.settings = settings;
    this.endpoints = endpoints;
    this.process = process;
    this.idle = idle;
    this.request = request;
  }

  /// Binds the port and serves from then on. Does nothing if it serves already.
  ///
  /// @throws IllegalStateException if the port cannot be bound; the message names it and its key
  public synchronized void start() {
    if (listener != null) return;
    loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("monitoring", true), NioIoHandler.newFactory());
    connections = new DefaultChannelGroup(loop.next(), true);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Connections())
            .bind(new InetSocketAddress(settings.host(), settings.port()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      loop = null;
      throw new IllegalStateException(
          "Expected to listen on %s:%d for monitoring (%s), but: %s"
              .formatted(
                  settings.host(), settings.port(), settings.portKey(), bound.cause().getMessage()),
          bound.cause());
    }
    listener = bound.channel();
  }

  /// Closes the port and all connections. Idempotent.
  public synchronized void stop() {
    if (listener == null) return;
    listener.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    process.close();
    listener = null;
    loop = null;
  }

  /// The port it listens on; the configured one if it does not listen.
  public synchronized int port() {
    return listener == null
        ? settings.port()
        : ((InetSocketAddress) listener.localAddress()).getPort();
  }

  private final class Connections extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      if (connections.size() >= MAX_CONNECTIONS) {
        channel.close();
        return;
      }
      connections.add(channel);
      var deadline = new RequestDeadline(idle, request);
      channel
          .pipeline()
          .addLast(
              deadline,
              new WriteTimeoutHandler(30),
              new HttpServerCodec(MAX_LINE_BYTES, MAX_HEADER_BYTES, 8192),
              new HttpServerKeepAliveHandler(),
              new HttpObjectAggregator(MAX_BODY_BYTES),
              new RequestHandler(endpoints, deadline));
    }
  }
}
