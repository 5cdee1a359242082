package io.skep.e2e;

import io.camunda.zeebe.client.ZeebeClient;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Sends a command to one partition again and again, without waiting for answers, and notes when it
/// was served.
final class Pulse implements AutoCloseable {
  private static final long INTERVAL_MS = 20;
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ZeebeClient client;
  private final long elementInstanceKey;
  private final Queue<Long> served = new ConcurrentLinkedQueue<>();
  private final Queue<Status> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong longestWait = new AtomicLong();
  private volatile boolean goesOn = true;
  private final Thread thread;

  /// @param elementInstanceKey something that lives on the partition
  Pulse(ZeebeClient client, long elementInstanceKey) {
    this.client = client;
    this.elementInstanceKey = elementInstanceKey;
    thread = Thread.ofVirtual().start(this::beat);
  }

  private void beat() {
    for (long count = 0; goesOn; count++) {
      long sentNanos = System.nanoTime();
      client
          .newSetVariablesCommand(elementInstanceKey)
          .variables(Map.of("beat", count))
          .requestTimeout(TIMEOUT)
          .send()
          .whenComplete(
              (_, failure) -> {
                long now = System.nanoTime();
                longestWait.accumulateAndGet(now - sentNanos, Math::max);
                if (failure == null) served.add(now);
                else failures.add(Status.fromThrowable(failure));
              });
      SkepProcess.pause(INTERVAL_MS);
    }
  }

  /// For how long nothing was served since then, at most; waits until it is served again.
  ///
  /// @param atMostMs after which it is taken for a failure
  long outageMs(long sinceNanos, long atMostMs) {
    long deadline = System.nanoTime() + atMostMs * 1_000_000;
    while (System.nanoTime() < deadline) {
      long longest = longestGapMs(sinceNanos);
      // A second of service since: whatever there was is over.
      if (System.nanoTime() - sinceNanos > 3_000_000_000L && isServed(500_000_000)) return longest;
      SkepProcess.pause(50);
    }
    throw new AssertionError(
        "Expected service within %d ms, failures: %s".formatted(atMostMs, failures));
  }

  private boolean isServed(long withinNanos) {
    long now = System.nanoTime();
    return served.stream().anyMatch(at -> now - at < withinNanos);
  }

  private long longestGapMs(long sinceNanos) {
    List<Long> times = new ArrayList<>(served);
    times.removeIf(at -> at < sinceNanos);
    times.add(sinceNanos);
    Collections.sort(times);
    long longest = 0;
    for (int i = 1; i < times.size(); i++) {
      longest = Math.max(longest, times.get(i) - times.get(i - 1));
    }
    return longest / 1_000_000;
  }

  /// How long the slowest command took to be answered or refused.
  long longestWaitMs() {
    return longestWait.get() / 1_000_000;
  }

  /// What came instead of answers.
  List<Status> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    goesOn = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
