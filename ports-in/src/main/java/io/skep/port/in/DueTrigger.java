package io.skep.port.in;

import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.port.out.Clock;
import io.skep.port.out.Reply;
import io.skep.port.out.Scheduler;

/// Proposes [TriggerDue] when something is due. State changes only by what comes back through the
/// log.
final class DueTrigger {
  /// Sooner than this nothing is looked at again if a trigger came to nothing.
  private static final long RETRY_MS = 100;

  private final Clock clock;
  private final Scheduler scheduler;
  private final Proposer proposer;
  private Scheduler.Cancellable alarm;
  private long alarmAtMs = Long.MAX_VALUE;
  private long nextDueAtMs = Long.MAX_VALUE;
  private boolean proposed;
  private boolean stopped = true;

  /// Proposes a command of this broker itself.
  @FunctionalInterface
  interface Proposer {
    void propose(io.skep.domain.engine.Command command, Reply.Listener listener);
  }

  DueTrigger(Clock clock, Scheduler scheduler, Proposer proposer) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.proposer = proposer;
  }

  synchronized void reset() {
    stop();
    stopped = false;
    proposed = false;
  }

  synchronized void stop() {
    stopped = true;
    if (alarm != null) alarm.cancel();
    alarm = null;
    alarmAtMs = Long.MAX_VALUE;
  }

  /// @param dueAtMs when the next thing is due, epoch milliseconds
  synchronized void arm(long dueAtMs) {
    nextDueAtMs = dueAtMs;
    if (!stopped && !proposed && dueAtMs < alarmAtMs) setAlarm(dueAtMs);
  }

  private void setAlarm(long atMs) {
    if (alarm != null) alarm.cancel();
    alarmAtMs = atMs;
    alarm = scheduler.schedule(Math.max(0, atMs - clock.nowMs()), this::ring);
  }

  private void ring() {
    synchronized (this) {
      alarm = null;
      alarmAtMs = Long.MAX_VALUE;
      if (stopped || proposed || nextDueAtMs == Long.MAX_VALUE) return;
      // What it was set for may have gone; then it was set for something else.
      if (nextDueAtMs > clock.nowMs()) {
        setAlarm(nextDueAtMs);
        return;
      }
      proposed = true;
    }
    proposer.propose(new TriggerDue(), this::triggered);
  }

  private synchronized void triggered(Reply reply) {
    proposed = false;
    if (stopped || nextDueAtMs == Long.MAX_VALUE) return;
    setAlarm(reply instanceof Reply.Answered ? nextDueAtMs : clock.nowMs() + RETRY_MS);
  }
}
