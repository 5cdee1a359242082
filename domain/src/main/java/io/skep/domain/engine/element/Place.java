package io.skep.domain.engine.element;

import io.skep.domain.engine.deployment.ProcessDefinition;

/// Where an element instance stands: what its events say of it, and what never changes.
///
/// @param key of the element instance
/// @param scopeKey the container instance it lives in, 0 for a process instance
public record Place(
    long key,
    long processInstanceKey,
    long scopeKey,
    ProcessDefinition definition,
    Element element) {}
