package io.skep.domain.engine.timer;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.DeploymentCommand.EndDistribution;
import io.skep.domain.engine.element.ElementCommand.ActivateElement;
import io.skep.domain.engine.element.ElementCommand.CompleteElement;
import io.skep.domain.engine.element.ElementCommand.TerminateElement;
import io.skep.domain.engine.element.ElementEvent.BoundaryEventTriggered;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.event.BoundaryEvent;
import io.skep.domain.engine.job.JobCommand.ReleaseJob;
import io.skep.domain.engine.timer.TimerCommand.*;
import io.skep.domain.engine.timer.TimerEvent.*;

/// What happens when something is due.
public final class Timers {
  /// How long something that met a fault in the engine waits until it is tried again.
  static final long POSTPONE_MS = 60_000;

  private Timers() {}

  /// What sees to a due thing.
  public static Command commandFor(DueIndex.Due due) {
    return switch (due.kind()) {
      case TIMER -> new TriggerTimer(due.key());
      case JOB -> new ReleaseJob(due.key());
      case DEPLOYMENT -> new EndDistribution(due.key());
    };
  }

  public static void process(TimerCommand command, Turn turn) {
    switch (command) {
      case TriggerTimer(long key) -> trigger(key, turn);
      case PostponeDue(DueIndex.Due due) -> postpone(due, turn);
      // The engine itself turns it into one command for each due thing.
      case TriggerDue _ -> {}
    }
  }

  private static void trigger(long key, Turn turn) {
    Timer timer = turn.state().timers().get(key);
    if (timer == null) return;
    ElementInstance holder = turn.state().elements().get(timer.elementInstanceKey());
    turn.append(new TimerTriggered(key, holder.key(), timer.start(), holder.place()));
    if (!(holder.definition().model().element(timer.start().element())
        instanceof BoundaryEvent boundary)) {
      turn.then(new CompleteElement(holder.key(), Turn.nothing()));
      return;
    }
    if (holder.interruptedBy() >= 0) return;
    turn.append(
        new BoundaryEventTriggered(holder.key(), boundary.index(), boundary.interrupting()));
    if (boundary.interrupting()) {
      turn.then(new TerminateElement(holder.key()));
      return;
    }
    turn.then(new ActivateElement(holder.scopeKey(), boundary.index(), ActivateElement.BOUNDARY));
    Timer.Start next = next(timer.start(), turn.nowMs());
    if (next != null)
      turn.append(new TimerCreated(turn.nextKey(), holder.key(), next, holder.place()));
  }

  /// The next time of a cycle counts from when the last was due, not from when it was seen to, so
  /// that it does not drift.
  private static Timer.Start next(Timer.Start start, long nowMs) {
    // R0 repeats nothing, as R1 does: it fires once.
    boolean last = start.repetitions() == 0 || start.repetitions() == 1;
    if (start.interval().isEmpty() || last) return null;
    int left = start.repetitions() < 0 ? -1 : start.repetitions() - 1;
    long dueAtMs = TimerSchedule.after(start.dueAtMs(), start.interval());
    // An interval of nothing would fire for ever within one moment.
    if (dueAtMs <= start.dueAtMs()) dueAtMs = Math.max(nowMs, start.dueAtMs()) + 1;
    return new Timer.Start(start.element(), dueAtMs, left, start.interval());
  }

  private static void postpone(DueIndex.Due due, Turn turn) {
    turn.append(new DueEvent.DuePostponed(-1, due, turn.nowMs() + POSTPONE_MS));
  }
}
