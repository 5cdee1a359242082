package io.skep.domain.engine.message;

import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.json.JsonObject;

/// What was published.
///
/// @param correlationKey empty if it is for no particular instance: then it can only start some
/// @param timeToLiveMs how long it is kept for those who do not wait yet; 0 or less if it is not
/// @param deadlineMs the end of that, epoch milliseconds
/// @param messageId unique for the name and correlation key as long as it is kept, or empty
public record MessageContent(
    String name,
    String correlationKey,
    long timeToLiveMs,
    long deadlineMs,
    String messageId,
    JsonObject variables,
    String tenantId) {

  /// Who may wait for it.
  public Address address() {
    return new Address(tenantId, name, correlationKey);
  }

  boolean isKept() {
    return timeToLiveMs > 0;
  }

  void write(StateWriter out) {
    out.writeText(name)
        .writeText(correlationKey)
        .writeLong(timeToLiveMs)
        .writeLong(deadlineMs)
        .writeText(messageId)
        .writeBytes(variables.text())
        .writeText(tenantId);
  }

  static MessageContent read(StateReader in) {
    return new MessageContent(
        in.readText(),
        in.readText(),
        in.readLong(),
        in.readLong(),
        in.readText(),
        JsonObject.ofCanonical(in.readBytes()),
        in.readText());
  }
}
