package io.skep.adapter.raft;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// One stream of frames between two processes, in both directions. What cannot be sent yet waits,
/// but not much of it: gossip says everything again.
final class GossipLink {
  private static final int MAX_WAITING = 64;

  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final BooleanSupplier ready;
  private final Consumer<byte[]> stream;
  private boolean closed;

  /// @param ready whether the stream takes a frame without buffering it
  /// @param stream sends a frame; called by one thread at a time
  GossipLink(BooleanSupplier ready, Consumer<byte[]> stream) {
    this.ready = ready;
    this.stream = stream;
  }

  /// @return whether it has been sent or will be as soon as possible, as far as this end knows
  synchronized boolean send(byte[] frame) {
    if (closed) return false;
    if (waiting.size() == MAX_WAITING) waiting.removeFirst();
    waiting.addLast(frame);
    drain();
    return true;
  }

  /// To be called when the stream has become ready.
  synchronized void drain() {
    try {
      while (!closed && !waiting.isEmpty() && ready.getAsBoolean())
        stream.accept(waiting.removeFirst());
    } catch (IllegalStateException e) {
      // gRPC says so of a stream that has just ended.
      close();
    }
  }

  /// Takes nothing more, and ends the stream if it has not been ended.
  synchronized void finish(Runnable end) {
    if (!closed) end.run();
    close();
  }

  synchronized void close() {
    closed = true;
    waiting.clear();
  }
}
