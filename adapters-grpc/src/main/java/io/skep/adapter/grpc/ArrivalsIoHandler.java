package io.skep.adapter.grpc;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandler;
import io.skep.port.in.Arrivals;

/// Does the input and output of an event loop, and tells that what it reads at once from all
/// connections has arrived together.
final class ArrivalsIoHandler implements IoHandler {
  private final IoHandler sockets;

  private ArrivalsIoHandler(IoHandler sockets) {
    this.sockets = sockets;
  }

  static IoHandlerFactory factory() {
    IoHandlerFactory sockets = NioIoHandler.newFactory();
    return executor -> new ArrivalsIoHandler(sockets.newHandler(executor));
  }

  @Override
  public int run(IoHandlerContext context) {
    Arrivals.begin();
    try {
      return sockets.run(context);
    } finally {
      Arrivals.end();
    }
  }

  @Override
  public void initialize() {
    sockets.initialize();
  }

  @Override
  public void prepareToDestroy() {
    sockets.prepareToDestroy();
  }

  @Override
  public void destroy() {
    sockets.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return sockets.register(handle);
  }

  @Override
  public void wakeup() {
    sockets.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> type) {
    return sockets.isCompatible(type);
  }
}
