package io.skep.adapter.sbe;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

/// Threads that move bytes. They start when they are first needed.
final class EventLoops {
  /// How much may wait in a channel before it counts as full, and how little before it does not.
  static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 * 1024, 512 * 1024);

  /// Brokers have few peers. Half of the cores leaves room for partitions and clients.
  private static final int THREADS =
      Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);

  private EventLoops() {}

  static EventLoopGroup start(String name) {
    return new MultiThreadIoEventLoopGroup(
        THREADS, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }
}
