package io.skep.adapter.sbe;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.skep.port.in.PartitionCommands;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes commands from gateways and other brokers.
@Singleton
public final class CommandApiServer {
  private static final Logger LOG = LoggerFactory.getLogger(CommandApiServer.class);

  private final CommandApiSettings settings;
  private final PartitionCommands partitions;
  private final Map<Channel, ServerSession> sessions = new ConcurrentHashMap<>();
  private final MutualTls tls;
  private EventLoopGroup loops;
  private Channel listener;

  @Inject
  CommandApiServer(CommandApiSettings settings, PartitionCommands partitions) {
    this.settings = settings;
    this.partitions = partitions;
    this.tls = MutualTls.ofServer(settings);
  }

  /// Opens the port. Does nothing if it is open.
  ///
  /// @throws IllegalStateException if it cannot be opened; the message says what to change
  public synchronized void start() {
    if (listener != null) return;
    loops = EventLoops.start("command-api-server");
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, EventLoops.WATER_MARK)
            .childHandler(new SessionInitializer())
            .bind(new InetSocketAddress(settings.host(), settings.port()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw cannotListen(bound.cause());
    }
    listener = bound.channel();
    LOG.debug("Command API listens on {}", listener.localAddress());
  }

  private IllegalStateException cannotListen(Throwable cause) {
    return new IllegalStateException(
        "Expected to listen on %s:%d for the Command API, but: %s. Free the port, or set another with zeebe.broker.network.commandApi.port (or .host)"
            .formatted(settings.host(), settings.port(), cause.getMessage()),
        cause);
  }

  /// Takes no more commands, waits a while for the replies to those it has taken, and closes. Does
  /// nothing if it is closed.
  public synchronized void stop() {
    if (listener == null) return;
    long deadline = System.nanoTime() + settings.drainTimeout().toNanos();
    listener.close().awaitUninterruptibly();
    listener = null;
    sessions.forEach((channel, session) -> channel.eventLoop().execute(session::drain));
    for (Channel channel : sessions.keySet()) {
      channel
          .closeFuture()
          .awaitUninterruptibly(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
    if (!sessions.isEmpty()) {
      LOG.warn("Closing {} connections with commands unanswered", sessions.size());
      sessions.keySet().forEach(Channel::close);
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /// The port it listens on.
  ///
  /// @throws IllegalStateException if it does not listen
  public synchronized int port() {
    if (listener == null) {
      throw new IllegalStateException("Expected the Command API to be open, but it is closed");
    }
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  private final class SessionInitializer extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      var session = new ServerSession(settings, partitions, channel.eventLoop());
      sessions.put(channel, session);
      channel.closeFuture().addListener(_ -> sessions.remove(channel));
      FrameChannel.addTo(channel.pipeline(), settings, tls, session);
    }
  }
}
