package io.skep.domain.engine.element.event;

/// What an event waits for.
public sealed interface EventDefinition
    permits TimerDefinition, MessageDefinition, SignalDefinition {}
