package io.skep.adapter.grpc;

import com.google.protobuf.ByteString;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivateJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.BroadcastSignalRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceWithResultRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployProcessRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployResourceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.FailJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.PublishMessageRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.StreamActivatedJobsRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ThrowErrorRequest;
import io.grpc.Status;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.ResultRequest;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.engine.job.JobCommand.ThrowError;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import io.skep.domain.engine.signal.SignalCommand.BroadcastSignal;
import io.skep.domain.json.JsonObject;
import io.skep.port.in.JobStreaming;
import java.util.List;

/// From requests to commands.
///
/// An `operationReference` is accepted and not passed on: records do not carry it yet.
final class Requests {
  private Requests() {}

  /// @throws io.skep.domain.json.JsonSyntaxException if the text is no JSON object
  static JsonObject variables(ByteString text) {
    return text.isEmpty() ? JsonObject.empty() : JsonObject.parse(text.toByteArray());
  }

  static DeployResources deploy(DeployResourceRequest request) {
    var resources =
        request.getResourcesList().stream()
            .map(file -> new Resource(file.getName(), file.getContent().toByteArray()))
            .toList();
    return new DeployResources(resources, Tenants.of("DeployResource", request.getTenantId()));
  }

  @SuppressWarnings("deprecation")
  static DeployResources deploy(DeployProcessRequest request) {
    var resources =
        request.getProcessesList().stream()
            .map(file -> new Resource(file.getName(), file.getDefinition().toByteArray()))
            .toList();
    return new DeployResources(resources, Tenants.DEFAULT);
  }

  static CreateProcessInstance create(CreateProcessInstanceRequest request) {
    return create("CreateProcessInstance", request, null);
  }

  static CreateProcessInstance create(CreateProcessInstanceWithResultRequest request) {
    var result = new ResultRequest(List.copyOf(request.getFetchVariablesList()));
    return create("CreateProcessInstanceWithResult", request.getRequest(), result);
  }

  private static CreateProcessInstance create(
      String rpc, CreateProcessInstanceRequest request, ResultRequest result) {
    String tenantId = Tenants.of(rpc, request.getTenantId());
    refuseIf(request.getStartInstructionsCount() > 0, rpc, "start instructions");
    refuseIf(request.getRuntimeInstructionsCount() > 0, rpc, "runtime instructions");
    refuseIf(request.getTagsCount() > 0, rpc, "tags");
    refuseIf(!request.getBusinessId().isEmpty(), rpc, "a business id");
    return new CreateProcessInstance(
        request.getBpmnProcessId(),
        request.getVersion(),
        request.getProcessDefinitionKey(),
        variables(request.getVariablesBytes()),
        result,
        tenantId);
  }

  /// Better refused than forgotten: the instance would do something else than was asked for.
  private static void refuseIf(boolean given, String rpc, String what) {
    if (!given) return;
    throw Status.UNIMPLEMENTED
        .withDescription("Expected %s without %s, which are not supported yet".formatted(rpc, what))
        .asRuntimeException();
  }

  /// @param maxBytes how large the jobs of an answer may get together
  static ActivateJobs activate(ActivateJobsRequest request, int maxBytes) {
    return new ActivateJobs(
        request.getType(),
        request.getWorker(),
        request.getTimeout(),
        request.getMaxJobsToActivate(),
        List.copyOf(request.getFetchVariableList()),
        Tenants.of("ActivateJobs", request.getTenantIdsList()),
        maxBytes);
  }

  /// @param maxBytes how large the jobs that come together may get
  static JobStreaming.Terms stream(StreamActivatedJobsRequest request, int maxBytes) {
    var terms =
        new JobStreaming.Terms(
            request.getType(),
            request.getWorker(),
            request.getTimeout(),
            List.copyOf(request.getFetchVariableList()),
            Tenants.of("StreamActivatedJobs", request.getTenantIdsList()),
            maxBytes);
    String problem = terms.problem();
    if (problem == null) return terms;
    throw Status.INVALID_ARGUMENT.withDescription(problem).asRuntimeException();
  }

  static PublishMessage publish(PublishMessageRequest request) {
    return new PublishMessage(
        request.getName(),
        request.getCorrelationKey(),
        request.getTimeToLive(),
        request.getMessageId(),
        variables(request.getVariablesBytes()),
        Tenants.of("PublishMessage", request.getTenantId()));
  }

  static BroadcastSignal broadcast(BroadcastSignalRequest request) {
    return new BroadcastSignal(
        request.getSignalName(),
        variables(request.getVariablesBytes()),
        Tenants.of("BroadcastSignal", request.getTenantId()));
  }

  static FailJob fail(FailJobRequest request) {
    return new FailJob(
        request.getJobKey(),
        request.getRetries(),
        Math.max(0, request.getRetryBackOff()),
        request.getErrorMessage(),
        variables(request.getVariablesBytes()));
  }

  static ThrowError throwError(ThrowErrorRequest request) {
    return new ThrowError(
        request.getJobKey(),
        request.getErrorCode(),
        request.getErrorMessage(),
        variables(request.getVariablesBytes()));
  }
}
