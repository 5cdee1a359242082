package io.skep.port.in;

import io.skep.domain.engine.Answer;
import io.skep.port.out.Clock;
import io.skep.port.out.Reply;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Requests that wait for a later turn, by their number: for a deployment to be distributed, or for
/// the result of an instance. They end with the lead.
///
/// An instance may take days, and whoever waited for it have given up long before. So those that
/// nobody waits for any more are looked for when there are many.
final class DeferredRequests {
  /// Then no more results are awaited.
  static final int FULL = 10_000;

  /// How often those that nobody waits for are looked for at most.
  private static final long LOOK_NANOS = 1_000_000_000;

  private final int partitionId;
  private final Clock clock;
  private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
  private long lookedNanos;

  /// Without the command, which may be large.
  ///
  /// @param arrivedNanos when the request came
  record Waiting(Reply.Listener listener, long arrivedNanos) {
    void answer(Answer answer) {
      listener.onReply(new Reply.Answered(answer));
    }

    /// Clients see their request time out, as they always have, only at once.
    void abandon() {
      refuse(
          Reply.Reason.TIMEOUT,
          "Expected the process instance to complete, but it was cancelled",
          -1);
    }

    private void refuse(Reply.Reason reason, String message, int leader) {
      listener.onReply(new Reply.Refused(reason, message, leader));
    }
  }

  DeferredRequests(int partitionId, Clock clock) {
    this.partitionId = partitionId;
    this.clock = clock;
    this.lookedNanos = clock.nanoTime() - LOOK_NANOS;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  /// Whether so many wait that no more should.
  boolean isFull() {
    if (waiting.size() < FULL) return false;
    forgetTheVain();
    return waiting.size() >= FULL;
  }

  private synchronized void forgetTheVain() {
    long now = clock.nanoTime();
    if (now - lookedNanos < LOOK_NANOS) return;
    lookedNanos = now;
    waiting.values().removeIf(each -> !each.listener().isWaiting());
  }

  void add(long request, Pending pending) {
    waiting.put(request, new Waiting(pending.listener(), pending.arrivedNanos()));
  }

  /// Takes out a request that is about to be answered.
  ///
  /// @return `null` if it does not wait here
  Waiting remove(long request) {
    return waiting.remove(request);
  }

  /// @param leader the one that leads now, -1 if none is known
  void failAll(int leader) {
    for (Long request : waiting.keySet()) {
      Waiting one = waiting.remove(request);
      if (one != null) fail(one, leader);
    }
  }

  /// Refuses a request that does not wait here any more: the lead was lost.
  void fail(Waiting request, int leader) {
    request.refuse(
        Reply.Reason.INTERRUPTED,
        "Expected partition %d to keep its leader until the answer, but it did not"
            .formatted(partitionId),
        leader);
  }
}
