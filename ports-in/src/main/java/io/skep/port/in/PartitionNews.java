package io.skep.port.in;

import io.skep.domain.cluster.Topology.Leadership;
import io.skep.port.out.Scheduler;
import io.skep.port.out.Scheduler.Cancellable;

/// What is known about the jobs of one type on one partition.
///
/// The partition tells once when jobs turn up after an answer without jobs. An answer counts only
/// if nothing was heard after its question went out: the news may overtake the answer.
final class PartitionNews {
  /// After which time a partition that could not be asked is asked again, if nothing is heard of it
  /// before. Each failure in a row doubles it: a broker that had too much to do has room again
  /// soon, one that is gone stays away.
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

  /// How long the next retry is to wait.
  private long retryMs = FIRST_RETRY_MS;

  /// The retry that is arranged, or `null`.
  private Cancellable retry;

  /// The leader as of now, or `null` if none is known. Another lead than before knows nothing of
  /// what it is to tell.
  boolean ledBy(Leadership now) {
    if (Leadership.areSame(leadership, now)) {
      // The broker may have moved though it is the same.
      leadership = now;
      return false;
    }
    leadership = now;
    retryMs = FIRST_RETRY_MS;
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
    tryAgain();
  }

  /// @return to be handed to the method that takes the outcome
  long ask() {
    asking++;
    return heard;
  }

  void foundNothing(long question) {
    if (question != heard) return;
    answered();
    empty = true;
  }

  /// There were jobs, and there may be more; or the partition did not say.
  void unsettled(long question) {
    if (question == heard) answered();
  }

  private void answered() {
    asking--;
    retryMs = FIRST_RETRY_MS;
    tryAgain();
  }

  void failed(long question) {
    if (question != heard) return;
    asking--;
    failed = true;
  }

  /// Whether it has failed and nobody is going to try again.
  boolean lacksRetry() {
    return failed && leadership != null && retry == null;
  }

  /// Has it tried again later.
  ///
  /// @param retry to call [#tryAgain]
  void arrangeRetry(Scheduler scheduler, Runnable retry) {
    this.retry = scheduler.schedule(retryMs, retry);
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
  }

  /// No longer minds that it has failed.
  void tryAgain() {
    failed = false;
    if (retry != null) retry.cancel();
    retry = null;
  }

  /// Whether somebody who waits has to ask: there may be jobs, and nobody is about to find out.
  boolean isWorthAsking() {
    return leadership != null && !empty && !failed && asking == 0;
  }
}
