package io.skep.adapter.sbe;

import io.netty.channel.EventLoop;
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

  /// @param write called on the loop's thread when there is something to write
  WriteQueue(EventLoop loop, Runnable write) {
    this.loop = loop;
    this.wake =
        () -> {
          awake.set(false);
          write.run();
        };
  }

  /// @return whether the loop still runs; if not, nothing will be written any more
  boolean offer(T item) {
    items.offer(item);
    return wake();
  }

  /// Has the writer called even if nothing new has arrived.
  boolean wake() {
    if (awake.get() || !awake.compareAndSet(false, true)) return true;
    try {
      loop.execute(wake);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /// The next item, `null` if there is none. Only for the loop's thread.
  T poll() {
    return items.poll();
  }

  boolean isEmpty() {
    return items.isEmpty();
  }
}
