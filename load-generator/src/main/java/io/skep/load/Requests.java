package io.skep.load;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceWithResultRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.StreamActivatedJobsRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What a run asks for, again and again: so it is made once.
final class Requests {
  private static final String WORKER = "skep-bench";
  private static final int JOBS_AT_ONCE = 32;
  private static final long JOB_TIMEOUT_MS = TimeUnit.MINUTES.toMillis(1);
  private static final long POLL_MS = TimeUnit.SECONDS.toMillis(10);
  private static final long RESULT_WITHIN_MS = TimeUnit.SECONDS.toMillis(30);

  private final String processId;
  private final List<CreateProcessInstanceRequest> creations;
  private final List<CreateProcessInstanceWithResultRequest> results;

  /// @param variablesBytes size of each instance's variables; they are never less than the few
  ///   bytes that the condition needs
  Requests(String processId, int variablesBytes) {
    this.processId = processId;
    // One on each side of the condition.
    List<String> variables = List.of(variables(7, variablesBytes), variables(700, variablesBytes));
    creations = variables.stream().map(this::creation).toList();
    results = creations.stream().map(Requests::withResult).toList();
  }

  static String variables(int amount, int bytes) {
    String amountOnly = "{\"amount\":%d}".formatted(amount);
    String padded = "{\"amount\":%d,\"payload\":\"%s\"}";
    int padding = bytes - padded.formatted(amount, "").length();
    return padding < 0 ? amountOnly : padded.formatted(amount, "x".repeat(padding));
  }

  private CreateProcessInstanceRequest creation(String variables) {
    return CreateProcessInstanceRequest.newBuilder()
        .setBpmnProcessId(processId)
        .setVersion(-1)
        .setVariables(variables)
        .build();
  }

  private static CreateProcessInstanceWithResultRequest withResult(
      CreateProcessInstanceRequest creation) {
    return CreateProcessInstanceWithResultRequest.newBuilder()
        .setRequest(creation)
        .setRequestTimeout(RESULT_WITHIN_MS)
        .build();
  }

  CreateProcessInstanceRequest creation(long number) {
    return creations.get((int) (number & 1));
  }

  CreateProcessInstanceWithResultRequest creationWithResult(long number) {
    return results.get((int) (number & 1));
  }

  ActivateJobsRequest activation() {
    return ActivateJobsRequest.newBuilder()
        .setType(processId)
        .setWorker(WORKER)
        .setTimeout(JOB_TIMEOUT_MS)
        .setMaxJobsToActivate(JOBS_AT_ONCE)
        .setRequestTimeout(POLL_MS)
        .build();
  }

  StreamActivatedJobsRequest stream() {
    return StreamActivatedJobsRequest.newBuilder()
        .setType(processId)
        .setWorker(WORKER)
        .setTimeout(JOB_TIMEOUT_MS)
        .build();
  }

  static CompleteJobRequest completion(long jobKey) {
    return CompleteJobRequest.newBuilder().setJobKey(jobKey).build();
  }
}
