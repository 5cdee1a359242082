package io.skep.adapter.sbe;

import io.netty.channel.EventLoop;
import io.skep.port.in.Arrivals;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;

/// What any thread wants written, for the one thread that writes. However much arrives before that
/// thread gets to it wakes it only once, and is then written together.
final class WriteQueue<T> {
  private final ManyToOneConcurrentLinkedQueue<T> items = new ManyToOneConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final EventLoop loop;
  private final Runnable wake;
  private final Runnable onEnd;
  private final Runnable handOver = this::handOver;

  /// @param write called on the loop's thread when there is something to write
  /// @param onEnd called, on any thread, if there is something and the loop has ended: it will not
  ///   be written any more. Others may call it at the same time
  WriteQueue(EventLoop loop, Runnable write, Runnable onEnd) {
    this.loop = loop;
    this.onEnd = onEnd;
    this.wake =
        () -> {
          awake.set(false);
          write.run();
        };
  }

  void offer(T item) {
    items.offer(item);
    if (awake.get() || !awake.compareAndSet(false, true)) return;
    // What arrives together is written together. The loop would write the first alone while this
    // thread hands over the rest.
    if (!Arrivals.whenOver(handOver)) handOver();
  }

  private void handOver() {
    try {
      loop.execute(wake);
    } catch (RejectedExecutionException e) {
      awake.set(false);
      onEnd.run();
    }
  }

  /// The next item, `null` if there is none. Only for the loop's thread; once it has ended, for one
  /// at a time.
  T poll() {
    return items.poll();
  }

  boolean isEmpty() {
    return items.isEmpty();
  }
}
