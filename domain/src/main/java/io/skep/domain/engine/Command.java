package io.skep.domain.engine;

import io.skep.domain.engine.deployment.DeploymentCommand;
import io.skep.domain.engine.element.ElementCommand;
import io.skep.domain.engine.incident.IncidentCommand;
import io.skep.domain.engine.instance.InstanceCommand;
import io.skep.domain.engine.job.JobCommand;
import io.skep.domain.engine.message.MessageCommand;
import io.skep.domain.engine.outbox.OutboxCommand;
import io.skep.domain.engine.signal.SignalCommand;
import io.skep.domain.engine.timer.TimerCommand;
import io.skep.domain.engine.variable.VariableCommand;

/// What a partition can be asked to do. A command may be rejected.
public sealed interface Command
    permits DeploymentCommand,
        InstanceCommand,
        ElementCommand,
        JobCommand,
        VariableCommand,
        IncidentCommand,
        MessageCommand,
        SignalCommand,
        TimerCommand,
        OutboxCommand {}
