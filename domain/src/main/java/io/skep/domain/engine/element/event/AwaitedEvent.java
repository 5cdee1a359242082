package io.skep.domain.engine.element.event;

/// An event that an element instance waits for.
///
/// @param index of the element that stands for it
/// @param interrupting whether the waiting ends with the first time
public record AwaitedEvent(int index, EventDefinition definition, boolean interrupting) {}
