package io.skep.adapter.raft;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that a leader has lost its majority.
///
/// Ratis does so itself, but only when nothing is written for a while: as long as entries keep
/// coming, an isolated leader goes on taking them.
final class Watchdog {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  private final RatisGroup group;
  private final ReplicaStateMachine machine;
  private final Proposals proposals;
  private final int partitionId;
  private final long patienceNanos;
  private final long timeoutMs;
  private long committedIndex = -1;
  private long committedAt = System.nanoTime();
  private volatile boolean alarmed;

  Watchdog(
      RatisGroup group,
      ReplicaStateMachine machine,
      Proposals proposals,
      int partitionId,
      InternalApiSettings settings) {
    this.group = group;
    this.machine = machine;
    this.proposals = proposals;
    this.partitionId = partitionId;
    this.patienceNanos = 2 * settings.electionTimeoutMax().toNanos();
    this.timeoutMs = settings.electionTimeoutMax().toMillis();
  }

  /// Whether this member leads without a majority. Goes on until it leads anew.
  boolean isAlarmed() {
    return alarmed;
  }

  void look(long now) {
    long committed = group.committedIndex();
    if (committed != committedIndex) {
      committedIndex = committed;
      committedAt = now;
    }
    if (alarmed && !group.isLeader()) alarmed = false;
    // Nothing was committed while something waited for it. That it was committed and is not applied
    // yet is no matter of
    // the majority.
    boolean stuck =
        now - proposals.oldestSince(now) > patienceNanos && now - committedAt > patienceNanos;
    if (stuck && machine.isLeading()) {
      alarmed = true;
      LOG.warn(
          "Partition {}: gives up the lead, for no majority has taken an entry for {} ms",
          partitionId,
          2 * timeoutMs);
      machine.lostLead();
    }
    // Having told the replica that it no longer leads, this member must stop leading, even if the
    // majority comes back.
    if (alarmed) stepDown();
  }

  private void stepDown() {
    try {
      group.stepDown(timeoutMs);
    } catch (IOException e) {
      LOG.debug("Partition {}: not stepped down", partitionId, e);
    }
  }
}
