package io.skep.adapter.raft;

import io.skep.domain.cluster.PartitionDistribution.Replicas;
import java.io.IOException;
import java.util.Collection;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the next leader elected as soon as the former one's process has ended, without the time-out
/// after which silence means something.
///
/// One follower stands for election, so that votes are not split. If it lacks what another has it
/// is not elected, and the time-outs hold as ever; so they do if nobody knows that the process has
/// ended.
final class Succession {
  private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

  /// How much longer than the time between two of its signs of life a leader must have been silent:
  /// connections may break though it goes on.
  private static final long MARGIN_MS = 50;

  private static final long LOOK_MS = 10;

  private final RatisGroup group;
  private final Replicas replicas;
  private final int self;
  private final long electionTimeoutMs;
  private final long silenceMs;

  Succession(RatisGroup group, Replicas replicas, InternalApiSettings settings) {
    this.group = group;
    this.replicas = replicas;
    this.self = settings.nodeId();
    this.electionTimeoutMs = settings.electionTimeoutMin().toMillis();
    // Ratis lets leaders speak twice in an election time-out.
    this.silenceMs = electionTimeoutMs / 2 + MARGIN_MS;
  }

  /// A broker's process has ended, as far as can be told.
  ///
  /// @param present the other brokers, and this one
  void vanished(int nodeId, Collection<Integer> present) {
    OptionalInt heir = replicas.leaderAmong(present);
    if (group.leader() != nodeId || heir.isEmpty() || heir.getAsInt() != self) return;
    Thread.startVirtualThread(() -> succeed(nodeId, group.term()));
  }

  private void succeed(int former, long term) {
    try {
      long deadline = System.nanoTime() + electionTimeoutMs * 1_000_000;
      while (group.follows(former, term) && System.nanoTime() - deadline < 0) {
        if (group.leaderSilentMs() >= silenceMs) {
          LOG.info(
              "Partition {}: stands for election, for broker {} has ended",
              replicas.partitionId(),
              former);
          group.standForElection(former);
          return;
        }
        Thread.sleep(LOOK_MS);
      }
    } catch (IOException | RuntimeException e) {
      // It may be closing. If not there will be an election anyway.
      LOG.debug("Partition {}: not stood for election", replicas.partitionId(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
