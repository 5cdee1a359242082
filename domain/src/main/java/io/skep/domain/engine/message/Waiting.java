package io.skep.domain.engine.message;

import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;

/// Who waits for a message, as the partition of the correlation key knows it.
///
/// @param subscriptionKey given by the partition of the instance, which can be told from it
/// @param interrupting whether the waiting ends with the first message
public record Waiting(
    long subscriptionKey,
    long processInstanceKey,
    long elementInstanceKey,
    String bpmnProcessId,
    Address address,
    boolean interrupting) {

  public void write(StateWriter out) {
    out.writeLong(subscriptionKey)
        .writeLong(processInstanceKey)
        .writeLong(elementInstanceKey)
        .writeText(bpmnProcessId)
        .writeText(address.tenantId())
        .writeText(address.messageName())
        .writeText(address.correlationKey())
        .writeBoolean(interrupting);
  }

  public static Waiting read(StateReader in) {
    return new Waiting(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readText(),
        new Address(in.readText(), in.readText(), in.readText()),
        in.readBoolean());
  }
}
