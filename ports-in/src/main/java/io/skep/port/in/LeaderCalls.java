package io.skep.port.in;

import io.skep.domain.cluster.Topology;
import io.skep.domain.cluster.Topology.Leadership;
import io.skep.domain.engine.Command;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.BrokerClient.Dispatch;
import io.skep.port.out.Membership;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import io.skep.port.out.Scheduler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Sends commands to leaders, and does not wait for one that has been replaced or is gone: it may
/// have stopped in the middle, and its answers be as long in coming as the longest request may
/// take.
@Singleton
final class LeaderCalls {
  /// How long a leader may still answer after its loss is known. One that hands over refuses what
  /// waits there, which can be sent elsewhere; what is given up here mostly cannot.
  static final long GRACE_MS = 250;

  private final BrokerClient brokers;
  private final Membership membership;
  private final Scheduler scheduler;
  private final AtomicLong numbers = new AtomicLong();

  /// Under numbers, so that they come in the same order in each run of a simulation.
  private final ConcurrentMap<Long, Call> calls = new ConcurrentHashMap<>();

  @Inject
  LeaderCalls(BrokerClient brokers, Membership membership, Scheduler scheduler) {
    this.brokers = brokers;
    this.membership = membership;
    this.scheduler = scheduler;
    membership.onChange(this::changed);
    membership.topology().brokers().forEach(brokers::prepare);
  }

  /// Sends a command to the leader that the caller has seen. Calls the listener once.
  ///
  /// @param seen with a leader of this partition
  /// @param timeoutMs after which the listener gets [Reason#TIMEOUT], 1 or more; if the leader is
  ///   lost before it gets [Reason#INTERRUPTED], or [Reason#UNREACHABLE] if nothing had been sent
  void send(
      Topology seen, int partitionId, Command command, long timeoutMs, Reply.Listener listener) {
    var call = new Call(partitionId, seen.leadershipOf(partitionId), listener);
    calls.put(call.number, call);
    call.sent(brokers.send(call.leadership.leader(), partitionId, command, timeoutMs, call));
    Topology now = membership.topology();
    // What has changed since the caller looked was told before anybody knew of this call.
    if (now != seen && call.isLost(now)) giveUpLater(List.of(call));
  }

  private void changed(Topology topology) {
    // To connect takes a tenth of a second on a busy machine, which the next leader has not got.
    topology.brokers().forEach(brokers::prepare);
    var lost = calls.values().stream().filter(call -> call.isLost(topology)).toList();
    if (!lost.isEmpty()) giveUpLater(lost);
  }

  private void giveUpLater(List<Call> lost) {
    scheduler.schedule(GRACE_MS, () -> lost.forEach(Call::giveUpIfLost));
  }

  /// How many wait for an answer.
  int waiting() {
    return calls.size();
  }

  /// A command on its way. Of the answer and the loss of the leader the first one counts.
  private final class Call implements Reply.Listener {
    private final long number = numbers.getAndIncrement();
    private final int partitionId;
    private final Leadership leadership;
    private final Reply.Listener listener;
    private final AtomicBoolean ended = new AtomicBoolean();

    /// `null` until the client has taken it.
    private volatile Dispatch dispatch;

    private Call(int partitionId, Leadership leadership, Reply.Listener listener) {
      this.partitionId = partitionId;
      this.leadership = leadership;
      this.listener = listener;
    }

    void sent(Dispatch taken) {
      dispatch = taken;
      // It was given up meanwhile.
      if (ended.get()) taken.abandon();
    }

    boolean isLost(Topology topology) {
      return topology.hasLost(partitionId, leadership);
    }

    @Override
    public void onReply(Reply reply) {
      if (end()) listener.onReply(reply);
    }

    private boolean end() {
      if (!ended.compareAndSet(false, true)) return false;
      calls.remove(number);
      return true;
    }

    void giveUpIfLost() {
      if (isLost(membership.topology()) && end()) listener.onReply(interruption());
    }

    private Refused interruption() {
      Dispatch taken = dispatch;
      int nodeId = leadership.leader().nodeId();
      return taken != null && taken.abandon()
          ? new Refused(
              Reason.UNREACHABLE,
              "Expected broker %d to take a command for partition %d, but it no longer leads it and was not reached"
                  .formatted(nodeId, partitionId),
              -1)
          : new Refused(
              Reason.INTERRUPTED,
              "Expected broker %d to answer for partition %d, but it was lost, or another leads since"
                  .formatted(nodeId, partitionId),
              -1);
    }
  }
}
