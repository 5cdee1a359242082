package io.skep.domain.engine.timer;

import io.skep.domain.engine.Command;

/// What time brings about.
public sealed interface TimerCommand extends Command {

  /// Does everything that is due at the time of the turn: timers, job time-outs, back-offs.
  record TriggerDue() implements TimerCommand {}

  /// A timer's time has come. Never comes from outside.
  record TriggerTimer(long timerKey) implements TimerCommand {}

  /// Something due met a fault in the engine and is tried again later. Never comes from outside.
  record PostponeDue(DueIndex.Due due) implements TimerCommand {}
}
