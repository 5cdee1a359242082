package io.skep.adapter.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Closes a connection that does not bring a whole request in time, so that clients that dribble or
/// forget to close cannot take all connections from the probes.
final class RequestDeadline extends ChannelInboundHandlerAdapter {
  private final Duration idle;
  private final Duration request;
  private ScheduledFuture<?> close;
  private boolean receiving;

  /// @param idle how long a connection may wait for the next request
  /// @param request how long a request may take from its first byte to its last
  RequestDeadline(Duration idle, Duration request) {
    this.idle = idle;
    this.request = request;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    closeIn(context, idle);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (!receiving) {
      receiving = true;
      closeIn(context, request);
    }
    context.fireChannelRead(bytes);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (close != null) close.cancel(false);
    context.fireChannelInactive();
  }

  /// A request was answered: the next may begin.
  void answered(ChannelHandlerContext context) {
    receiving = false;
    closeIn(context, idle);
  }

  private void closeIn(ChannelHandlerContext context, Duration delay) {
    if (close != null) close.cancel(false);
    close =
        context
            .channel()
            .eventLoop()
            .schedule(() -> context.channel().close(), delay.toMillis(), TimeUnit.MILLISECONDS);
  }
}
