package io.skep.port.in;

import io.skep.domain.cluster.Topology.Leadership;

/// What is known about the jobs of one type on one partition.
///
/// The partition tells once when jobs turn up after an answer without jobs. An answer counts only
/// if nothing was heard after its question went out: the news may overtake the answer.
final class PartitionNews {
  /// After which time a partition that could not be asked is asked again: a broker that had too
  /// much to do has room again soon, one that is gone stays away.
  private static final long FIRST_RETRY_MS = 20;

  private static final long LAST_RETRY_MS = 500;

  private Leadership leadership;

  /// Counts what was heard. A question carries the number that it went out with.
  private long heard;

  /// Questions under way that went out after the last news.
  private int asking;

  /// There are no jobs, and the partition will tell when there are.
  private boolean empty;

  /// The last question came to nothing, another one would have to wait.
  private boolean failed;

  /// How long to wait after the next failure.
  private long nextRetryMs = FIRST_RETRY_MS;

  /// How long to wait after the last one.
  private long retryMs;

  /// The leader as of now, or `null` if none is known. Another lead than before knows nothing of
  /// what it is to tell.
  boolean ledBy(Leadership now) {
    if (Leadership.areSame(leadership, now)) {
      // The broker may have moved though it is the same.
      leadership = now;
      return false;
    }
    leadership = now;
    nextRetryMs = FIRST_RETRY_MS;
    disturb();
    return true;
  }

  Leadership leadership() {
    return leadership;
  }

  /// There may be jobs now, whatever was known before.
  void disturb() {
    heard++;
    asking = 0;
    empty = false;
    failed = false;
  }

  /// @return to be handed to the method that takes the outcome
  long ask() {
    asking++;
    return heard;
  }

  void foundNothing(long question) {
    if (question != heard) return;
    asking--;
    empty = true;
    failed = false;
    nextRetryMs = FIRST_RETRY_MS;
  }

  /// There were jobs, and there may be more; or the partition did not say.
  void unsettled(long question) {
    if (question != heard) return;
    asking--;
    nextRetryMs = FIRST_RETRY_MS;
  }

  void failed(long question) {
    if (question != heard) return;
    asking--;
    failed = true;
    retryMs = nextRetryMs;
    nextRetryMs = Math.min(LAST_RETRY_MS, nextRetryMs * 2);
  }

  boolean hasFailed() {
    return failed && leadership != null;
  }

  /// How long to wait before it is asked again, if nothing is heard of it before. Each failure in a
  /// row doubles it. Only if it has failed.
  long retryMs() {
    return retryMs;
  }

  void retry() {
    failed = false;
  }

  /// Whether somebody who waits has to ask: there may be jobs, and nobody is about to find out.
  boolean isWorthAsking() {
    return leadership != null && !empty && !failed && asking == 0;
  }
}
