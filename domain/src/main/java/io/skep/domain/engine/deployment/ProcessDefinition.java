package io.skep.domain.engine.deployment;

import io.skep.domain.engine.element.ProcessModel;

/// A version of a process, ready to run.
public record ProcessDefinition(DeployedProcess deployed, ProcessModel model) {

  public long key() {
    return deployed.key();
  }

  public String bpmnProcessId() {
    return deployed.bpmnProcessId();
  }

  public int version() {
    return deployed.version();
  }

  public String tenantId() {
    return deployed.tenantId();
  }
}
