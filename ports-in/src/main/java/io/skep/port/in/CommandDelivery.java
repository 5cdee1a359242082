package io.skep.port.in;

import io.skep.domain.cluster.Routing;
import io.skep.domain.cluster.Topology;
import io.skep.domain.engine.Command;
import io.skep.port.out.Clock;
import io.skep.port.out.Membership;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;

/// One command on its way to a partition. Tries again what was certainly not run, while the time
/// lasts.
///
/// It is in one place at a time, on its way to a broker or waiting, so that it needs no lock.
final class CommandDelivery {
  private static final long FIRST_BACKOFF_MS = 5;
  private static final long LONGEST_BACKOFF_MS = 200;

  /// How often a leader that was just learned of is asked at once. Two brokers that take each other
  /// for the leader would be asked for ever.
  private static final int MOST_AT_ONCE = 3;

  private final LeaderCalls leaders;
  private final Membership membership;
  private final TopologyWatch watch;
  private final Clock clock;
  private final Command command;
  private final PartitionChoice choice;
  private final long timeoutMs;
  private final long startNanos;
  private final Reply.Listener listener;

  private int retries;

  /// What was known when a broker was last asked.
  private Topology asked;

  /// Why it is still on its way.
  private Refused hindrance =
      new Refused(Reason.UNREACHABLE, "Expected to reach a broker, but none is known yet", -1);

  /// The partition that had too much to do, if one had since all were last tried.
  private Refused busy;

  CommandDelivery(
      LeaderCalls leaders,
      Membership membership,
      TopologyWatch watch,
      Clock clock,
      Command command,
      PartitionChoice choice,
      long timeoutMs,
      Reply.Listener listener) {
    this.leaders = leaders;
    this.membership = membership;
    this.watch = watch;
    this.clock = clock;
    this.command = command;
    this.choice = choice;
    this.timeoutMs = timeoutMs;
    this.startNanos = clock.nanoTime();
    this.listener = listener;
  }

  void attempt() {
    Topology topology = membership.topology();
    long leftMs = timeoutMs - (clock.nanoTime() - startNanos) / 1_000_000;
    if (leftMs < 1) {
      listener.onReply(hindrance);
      return;
    }
    if (topology.partitionCount() == 0) {
      watch.await(topology, leftMs, this::attempt);
      return;
    }
    int partitionId = choice.next(topology);
    if (partitionId == PartitionChoice.NONE) {
      roundIsOver(topology, leftMs);
      return;
    }
    if (!new Routing(topology.partitionCount()).exists(partitionId)) {
      listener.onReply(
          new Refused(
              Reason.UNREACHABLE,
              "Expected to run the command on partition %d, but there is no such partition, or this gateway does not know of it yet"
                  .formatted(partitionId),
              -1));
      return;
    }
    if (topology.leaderOf(partitionId) == null) {
      waitForLeader(topology, leftMs, "partition " + partitionId);
      return;
    }
    asked = topology;
    leaders.send(topology, partitionId, command, leftMs, reply -> onReply(partitionId, reply));
  }

  private void onReply(int partitionId, Reply reply) {
    switch (reply) {
      case Answered answered -> listener.onReply(answered);
      case Refused refused -> {
        switch (refused.reason()) {
          case NOT_LEADER -> {
            if (refused.leader() >= 0) membership.correct(partitionId, refused.leader());
            hindrance = refused;
            tryElsewhereOrLater();
          }
          case UNREACHABLE -> {
            hindrance = refused;
            tryElsewhereOrLater();
          }
          case RESOURCE_EXHAUSTED -> {
            busy = refused;
            if (choice.canMoveOn()) attempt();
            else listener.onReply(refused);
          }
          // The same bytes would be as malformed elsewhere; of the others nobody knows whether it
          // was run.
          case MALFORMED, INTERRUPTED, TIMEOUT, ANSWER_TOO_LARGE, INTERNAL ->
              listener.onReply(refused);
        }
      }
    }
  }

  private void tryElsewhereOrLater() {
    if (choice.canMoveOn()) attempt();
    else backOff();
  }

  private void roundIsOver(Topology topology, long leftMs) {
    if (busy != null) {
      listener.onReply(
          new Refused(
              Reason.RESOURCE_EXHAUSTED,
              "Expected to run the command on one of %d partitions, but each that has a leader refused it, please try again later; the last said: %s"
                  .formatted(topology.partitionCount(), busy.message()),
              -1));
      return;
    }
    boolean anyLeader = false;
    for (int p = 1; p <= topology.partitionCount(); p++) {
      anyLeader |= topology.leaderOf(p) != null;
    }
    if (anyLeader) backOff();
    else waitForLeader(topology, leftMs, "any partition");
  }

  private void waitForLeader(Topology seen, long leftMs, String where) {
    hindrance =
        new Refused(
            Reason.NOT_LEADER,
            "Expected to run the command on %s, but no leader was known within %d ms"
                .formatted(where, timeoutMs),
            -1);
    watch.await(seen, leftMs, this::attempt);
  }

  /// Tries again a little later; at once if more has become known since a broker was asked.
  private void backOff() {
    long backoffMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS << Math.min(retries, 16));
    retries++;
    watch.await(retries <= MOST_AT_ONCE ? asked : membership.topology(), backoffMs, this::attempt);
  }
}
