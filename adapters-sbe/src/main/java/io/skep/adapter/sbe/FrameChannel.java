package io.skep.adapter.sbe;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.skep.adapter.sbe.schema.GoodbyeReason;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection, as both ends have it: hands on the frames that come, gathers those that go into
/// batches, keeps it alive and ends it. All calls are made on the channel's thread.
final class FrameChannel extends ChannelInboundHandlerAdapter {
  /// Changes only if members of different versions cannot talk to each other at all.
  static final int PROTOCOL_VERSION = 1;

  private static final Logger LOG = LoggerFactory.getLogger(FrameChannel.class);

  private static final int BATCH_BYTES = 16 * 1024;

  /// How long the peer may take to read the last words.
  private static final long LINGER_MS = 1_000;

  private final CommandApiSettings settings;
  private final FrameCutter cutter;
  private final End end;
  private final FrameWriter writer;
  private ChannelHandlerContext context;
  private boolean introduced;
  private boolean leaving;
  private String whyClosed = "the peer closed the connection";

  private FrameChannel(CommandApiSettings settings, FrameCutter cutter, End end) {
    this.settings = settings;
    this.cutter = cutter;
    this.end = end;
    this.writer = new FrameWriter(settings.maxFrameBytes());
  }

  /// Sets up a new connection.
  static void addTo(ChannelPipeline pipeline, CommandApiSettings settings, MutualTls tls, End end) {
    tls.addTo(pipeline);
    pipeline.addLast(
        new IdleStateHandler(
            settings.idleTimeout().toMillis(),
            settings.heartbeatInterval().toMillis(),
            0,
            TimeUnit.MILLISECONDS));
    var cutter = new FrameCutter(settings.maxFrameBytes());
    pipeline.addLast(cutter);
    pipeline.addLast(new FrameChannel(settings, cutter, end));
  }

  /// Who is at this end of the connection.
  interface End {
    /// The connection is there.
    void opened(FrameChannel channel);

    void received(Frame frame);

    /// The channel takes more again.
    void writable();

    /// The connection is gone. Comes once, and only after [#opened].
    void closed(String why);
  }

  Channel channel() {
    return context.channel();
  }

  void sendHello() {
    write(writer.hello(settings.clusterName(), settings.memberName()));
  }

  /// The peer is who it should be: it may send frames of full length.
  void introduced() {
    introduced = true;
    cutter.allowFullLength();
  }

  void sendGoodbye(GoodbyeReason reason, String message) {
    write(writer.goodbye(reason, message));
  }

  /// Says why, takes nothing more, and closes.
  void leave(GoodbyeReason reason, String message) {
    if (leaving) return;
    sendGoodbye(reason, message);
    leave(message);
  }

  /// Closes once the peer has read what was written, or has had time to. To close at once could
  /// lose it: a socket that is closed with something unread in it resets the connection.
  void leave(String why) {
    if (leaving) return;
    leaving = true;
    cutter.discard();
    whyClosed = why;
    channel().config().setAutoRead(true);
    channel()
        .writeAndFlush(context.alloc().buffer(0))
        .addListener(_ -> ((DuplexChannel) channel()).shutdownOutput());
    context.executor().schedule(() -> channel().close(), LINGER_MS, TimeUnit.MILLISECONDS);
  }

  /// Closes at once.
  void close(String why) {
    if (channel().isActive() && !leaving) whyClosed = why;
    channel().close();
  }

  /// Writes items as long as there are any and the channel takes them, and flushes once. After a
  /// goodbye it writes nothing.
  ///
  /// @param encode puts one frame for the item into the writer, or none
  <T> void writeAll(Supplier<T> items, Encoder<T> encode) {
    if (leaving) return;
    ByteBuf batch = null;
    while (channel().isWritable()) {
      T item = items.get();
      if (item == null) break;
      encode.encode(item, writer);
      int bytes = writer.bytes();
      if (bytes == 0) continue;
      if (batch != null && batch.writableBytes() < bytes) {
        channel().write(batch, channel().voidPromise());
        batch = null;
      }
      if (batch == null) batch = context.alloc().ioBuffer(Math.max(BATCH_BYTES, bytes));
      writer.moveTo(batch);
    }
    if (batch != null) channel().writeAndFlush(batch, channel().voidPromise());
  }

  /// Puts a frame for an item into a writer.
  @FunctionalInterface
  interface Encoder<T> {
    void encode(T item, FrameWriter writer);
  }

  private void write(FrameWriter frame) {
    var bytes = context.alloc().ioBuffer(frame.bytes());
    frame.moveTo(bytes);
    channel().writeAndFlush(bytes, channel().voidPromise());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    end.opened(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    end.received((Frame) frame);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    boolean writable = ctx.channel().isWritable();
    // Whoever does not take what we send is not listened to until they do.
    if (!leaving) ctx.channel().config().setAutoRead(writable);
    if (writable) end.writable();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (!(event instanceof IdleStateEvent idle)) return;
    if (idle.state() == IdleState.WRITER_IDLE) {
      if (introduced && !leaving && ctx.channel().isWritable()) write(writer.heartbeat());
      return;
    }
    String why =
        ctx.channel().config().isAutoRead()
            ? "Expected a sign of life at least every %s, but none came"
                .formatted(settings.idleTimeout())
            : "Expected replies to be taken within %s, but they were not"
                .formatted(settings.idleTimeout());
    LOG.warn("Closing the connection to {}. {}", ctx.channel().remoteAddress(), why);
    leave(GoodbyeReason.IDLE, why);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end.closed(whyClosed);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    String refusal = MutualTls.refusal(cause);
    if (refusal != null && !introduced) {
      LOG.warn(
          "Refused the connection of the Command API with {}: {}",
          ctx.channel().remoteAddress(),
          refusal);
      close("TLS: " + refusal);
      return;
    }
    if (cause instanceof IOException) {
      LOG.debug("Connection to {} lost", ctx.channel().remoteAddress(), cause);
    } else {
      LOG.error("Closing the connection to {}", ctx.channel().remoteAddress(), cause);
    }
    close(String.valueOf(cause.getMessage()));
  }
}
