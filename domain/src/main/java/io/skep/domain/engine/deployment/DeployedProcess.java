package io.skep.domain.engine.deployment;

/// A version of a process.
///
/// @param version counts from 1 for each process id
/// @param key the process definition key
/// @param duplicate whether the deployment found it unchanged, so that no new version was made
public record DeployedProcess(
    String bpmnProcessId,
    int version,
    long key,
    Resource resource,
    String tenantId,
    boolean duplicate) {}
