package io.skep.port.in;

import io.skep.port.out.Reply;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Requests that wait for a later turn, by their number: for a deployment to be distributed, or for
/// the result of an instance. They end with the lead.
final class DeferredRequests {
  private final int partitionId;
  private final Map<Long, Pending> waiting = new ConcurrentHashMap<>();

  DeferredRequests(int partitionId) {
    this.partitionId = partitionId;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(long request, Pending pending) {
    waiting.put(request, pending);
  }

  /// Takes out a request that is about to be answered.
  ///
  /// @return `null` if it does not wait here
  Pending remove(long request) {
    return waiting.remove(request);
  }

  /// Clients see their request time out, as they always have, only at once.
  static void abandon(Pending pending) {
    pending.refuse(
        Reply.Reason.TIMEOUT,
        "Expected the process instance to complete, but it was cancelled",
        -1);
  }

  /// @param leader the one that leads now, -1 if none is known
  void failAll(int leader) {
    for (Long request : waiting.keySet()) {
      Pending pending = waiting.remove(request);
      if (pending == null) continue;
      pending.refuse(
          Reply.Reason.INTERRUPTED,
          "Expected partition %d to keep its leader until the answer, but it did not"
              .formatted(partitionId),
          leader);
    }
  }
}
