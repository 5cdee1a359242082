package io.skep.domain.engine.job;

import io.skep.domain.json.JsonObject;

/// A job as its worker gets it.
///
/// @param deadlineMs until when the worker has it, epoch milliseconds
public record ActivatedJob(
    long key,
    String type,
    long processInstanceKey,
    String bpmnProcessId,
    int processDefinitionVersion,
    long processDefinitionKey,
    String elementId,
    long elementInstanceKey,
    JsonObject customHeaders,
    String worker,
    int retries,
    long deadlineMs,
    JsonObject variables,
    String tenantId) {}
