package io.skep.adapter.raft;

import io.skep.adapter.raft.RatisGroup.Follower;
import io.skep.domain.cluster.PartitionDistribution.Replicas;
import io.skep.port.out.Replica;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves the lead of a partition to another member: back to where it should be after a failure, and
/// away before this member closes.
///
/// Ratis has priorities of its own, which are all equal here: it heeds them only while nothing is
/// written, refuses explicit transfers to any but the highest, and lets them decide elections.
final class Handover {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  /// A better leader must have been there for so long.
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  /// After an attempt, whether it succeeded or not.
  private static final long PAUSE_NANOS = 10_000_000_000L;

  /// How many entries a follower may be behind to count as caught up. The rest it gets while the
  /// lead is handed over.
  private static final long LAG = 1_000;

  /// How long a better leader waits for those who wait for answers here.
  private static final long COURTESY_NANOS = 5_000_000_000L;

  private static final long LOOK_MS = 2;

  private final RatisGroup group;
  private final Replica replica;
  private final Replicas replicas;
  private final int self;
  private final long electionTimeoutMs;
  private int better = -1;
  private long betterSince;
  private long notBefore = System.nanoTime();
  private volatile boolean hurried;

  Handover(RatisGroup group, Replica replica, Replicas replicas, InternalApiSettings settings) {
    this.group = group;
    this.replica = replica;
    this.replicas = replicas;
    this.self = settings.nodeId();
    this.electionTimeoutMs = settings.electionTimeoutMax().toMillis();
  }

  /// Hands over if another member should rather lead and can. To be called regularly while this
  /// member leads.
  void balance(long now) {
    OptionalInt rightful = rightful();
    if (rightful.isEmpty() || rightful.getAsInt() == self) {
      better = -1;
      hurried = false;
      return;
    }
    if (rightful.getAsInt() != better) {
      better = rightful.getAsInt();
      betterSince = now;
    }
    boolean urgent = hurried;
    if (!urgent && !isTime(now)) return;
    boolean courteous = !urgent && now - betterSince < PATIENCE_NANOS + COURTESY_NANOS;
    if (courteous && replica.isAwaited()) return;
    // Whoever hurries it in between is heeded by the next look.
    if (urgent) hurried = false;
    notBefore = now + PAUSE_NANOS;
    transferGently(better, courteous);
  }

  private boolean isTime(long now) {
    return now - betterSince >= PATIENCE_NANOS && now - notBefore >= 0;
  }

  /// Has the next look not wait for anything. From any thread.
  void hurry() {
    hurried = true;
  }

  /// Hands over in a pause between entries, so that no command is left in doubt: what comes
  /// meanwhile waits, and is refused as certainly not run once another leads.
  ///
  /// @param courteous whether it waits for those who wait for answers here
  private void transferGently(int nodeId, boolean courteous) {
    replica.hold();
    try {
      if (awaitDrained()) {
        // A deployment that was under way is applied now, and waits to be distributed.
        if (courteous && replica.isAwaited()) notBefore = System.nanoTime();
        else if (transfer(nodeId)) return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    replica.release();
  }

  private boolean awaitDrained() throws InterruptedException {
    long deadline = System.nanoTime() + electionTimeoutMs * 1_000_000;
    while (!replica.isDrained()) {
      if (System.nanoTime() - deadline > 0) return false;
      Thread.sleep(LOOK_MS);
    }
    return true;
  }

  private OptionalInt rightful() {
    var candidates = new ArrayList<Integer>();
    candidates.add(self);
    caughtUp().forEach(follower -> candidates.add(follower.nodeId()));
    return replicas.leaderAmong(candidates);
  }

  private List<Follower> caughtUp() {
    long last = group.lastIndex();
    return group.followers().stream()
        .filter(
            follower ->
                follower.silentMs() < electionTimeoutMs && follower.matchIndex() >= last - LAG)
        .toList();
  }

  /// Hands over to whoever can take it. Returns when somebody has, or nobody would.
  void handOver() {
    var candidates = new ArrayList<>(caughtUp().stream().map(Follower::nodeId).toList());
    while (group.isLeader()) {
      OptionalInt heir = replicas.leaderAmong(candidates);
      if (heir.isEmpty() || transfer(heir.getAsInt())) return;
      candidates.remove(Integer.valueOf(heir.getAsInt()));
    }
  }

  private boolean transfer(int nodeId) {
    try {
      // Ratis waits until the follower has acknowledged the last entry, but on an idle partition
      // nothing is acknowledged.
      group.submitNothing();
      var reply =
          group
              .transfer(nodeId, electionTimeoutMs)
              .get(2 * electionTimeoutMs, TimeUnit.MILLISECONDS);
      if (reply.isSuccess()) return true;
      LOG.info(
          "Partition {}: broker {} did not take the lead: {}",
          replicas.partitionId(),
          nodeId,
          reply.getException().getMessage());
    } catch (IOException | ExecutionException | TimeoutException e) {
      LOG.info(
          "Partition {}: broker {} did not take the lead: {}",
          replicas.partitionId(),
          nodeId,
          e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
