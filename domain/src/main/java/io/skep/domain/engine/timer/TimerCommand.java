package io.skep.domain.engine.timer;

import io.skep.domain.engine.Command;

/// What time brings about.
public sealed interface TimerCommand extends Command {

  /// Does everything that is due at the time of the turn: timers, job time-outs, back-offs.
  record TriggerDue() implements TimerCommand {}
}
