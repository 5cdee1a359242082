package io.skep.domain.engine.message;

/// Where messages and those who wait for them meet.
public record Address(String tenantId, String messageName, String correlationKey) {}
