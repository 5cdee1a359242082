package io.skep.domain.engine.deployment;

import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;

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
    boolean duplicate) {
  private static final byte[] NOTHING = {};

  /// Without the file's content, for those who only want to know of it.
  DeployedProcess withoutContent() {
    return new DeployedProcess(
        bpmnProcessId, version, key, new Resource(resource.name(), NOTHING), tenantId, duplicate);
  }

  public void write(StateWriter out) {
    out.writeText(bpmnProcessId)
        .writeInt(version)
        .writeLong(key)
        .writeText(resource.name())
        .writeBytes(resource.content())
        .writeText(tenantId)
        .writeBoolean(duplicate);
  }

  public static DeployedProcess read(StateReader in) {
    return new DeployedProcess(
        in.readText(),
        in.readInt(),
        in.readLong(),
        new Resource(in.readText(), in.readBytes()),
        in.readText(),
        in.readBoolean());
  }
}
