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
    String tenantId) {

  /// What a job takes beside its texts, variables and headers, in any encoding of ours: 76 bytes on
  /// the way between brokers and gateways, up to 154 on the way to clients.
  private static final int FIXED_BYTES = 256;

  /// How many bytes it takes in an answer at most. Every replica must come to the same number, so
  /// it is not measured by encoding it: the encoding may change with a release.
  public int answerBytes() {
    long bytes =
        FIXED_BYTES
            + (long) variables.text().length
            + customHeaders.text().length
            + utf8Bytes(type)
            + utf8Bytes(worker)
            + utf8Bytes(elementId)
            + utf8Bytes(bpmnProcessId)
            + utf8Bytes(tenantId);
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  private static int utf8Bytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // A pair of surrogates takes four bytes together.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }
}
