package io.skep.domain.engine;

import io.skep.domain.engine.deployment.DeploymentEvent;
import io.skep.domain.engine.element.ElementEvent;
import io.skep.domain.engine.incident.IncidentEvent;
import io.skep.domain.engine.instance.InstanceEvent;
import io.skep.domain.engine.job.JobEvent;
import io.skep.domain.engine.message.MessageEvent;
import io.skep.domain.engine.message.ProcessSubscriptionEvent;
import io.skep.domain.engine.outbox.OutboxEvent;
import io.skep.domain.engine.signal.SignalEvent;
import io.skep.domain.engine.timer.DueEvent;
import io.skep.domain.engine.timer.TimerEvent;
import io.skep.domain.engine.variable.VariableEvent;

/// A fact. State changes by events alone, and an event carries all that is needed to apply it.
public sealed interface Event
    permits DeploymentEvent,
        InstanceEvent,
        ElementEvent,
        JobEvent,
        VariableEvent,
        IncidentEvent,
        MessageEvent,
        ProcessSubscriptionEvent,
        SignalEvent,
        TimerEvent,
        DueEvent,
        OutboxEvent {

  /// Of the entity it is about, -1 if there is none.
  long key();
}
