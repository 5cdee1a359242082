package io.skep.adapter.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceWithResultResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployProcessResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.DeployResourceResponse;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.Deployment;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ProcessMetadata;
import io.skep.domain.engine.Answer.InstanceCompleted;
import io.skep.domain.engine.Answer.InstanceCreated;
import io.skep.domain.engine.Answer.ResourcesDeployed;
import io.skep.domain.engine.deployment.DeployedProcess;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.json.JsonObject;

/// From answers to responses.
final class Responses {
  private Responses() {}

  static DeployResourceResponse deployed(ResourcesDeployed answer) {
    var response =
        DeployResourceResponse.newBuilder()
            .setKey(answer.deploymentKey())
            .setTenantId(answer.tenantId());
    for (DeployedProcess process : answer.processes()) {
      response.addDeployments(Deployment.newBuilder().setProcess(process(process)));
    }
    return response.build();
  }

  @SuppressWarnings("deprecation")
  static DeployProcessResponse processesDeployed(ResourcesDeployed answer) {
    var response = DeployProcessResponse.newBuilder().setKey(answer.deploymentKey());
    for (DeployedProcess process : answer.processes()) response.addProcesses(process(process));
    return response.build();
  }

  private static ProcessMetadata process(DeployedProcess process) {
    return ProcessMetadata.newBuilder()
        .setBpmnProcessId(process.bpmnProcessId())
        .setVersion(process.version())
        .setProcessDefinitionKey(process.key())
        .setResourceName(process.resource().name())
        .setTenantId(process.tenantId())
        .build();
  }

  static CreateProcessInstanceResponse created(InstanceCreated answer) {
    return CreateProcessInstanceResponse.newBuilder()
        .setProcessDefinitionKey(answer.processDefinitionKey())
        .setBpmnProcessId(answer.bpmnProcessId())
        .setVersion(answer.version())
        .setProcessInstanceKey(answer.processInstanceKey())
        .setTenantId(answer.tenantId())
        .build();
  }

  static CreateProcessInstanceWithResultResponse completed(InstanceCompleted answer) {
    InstanceCreated instance = answer.instance();
    return CreateProcessInstanceWithResultResponse.newBuilder()
        .setProcessDefinitionKey(instance.processDefinitionKey())
        .setBpmnProcessId(instance.bpmnProcessId())
        .setVersion(instance.version())
        .setProcessInstanceKey(instance.processInstanceKey())
        .setTenantId(instance.tenantId())
        .setVariablesBytes(text(answer.variables()))
        .build();
  }

  static GatewayOuterClass.ActivatedJob job(ActivatedJob job) {
    return GatewayOuterClass.ActivatedJob.newBuilder()
        .setKey(job.key())
        .setType(job.type())
        .setProcessInstanceKey(job.processInstanceKey())
        .setBpmnProcessId(job.bpmnProcessId())
        .setProcessDefinitionVersion(job.processDefinitionVersion())
        .setProcessDefinitionKey(job.processDefinitionKey())
        .setElementId(job.elementId())
        .setElementInstanceKey(job.elementInstanceKey())
        .setCustomHeadersBytes(text(job.customHeaders()))
        .setWorker(job.worker())
        .setRetries(job.retries())
        .setDeadline(job.deadlineMs())
        .setVariablesBytes(text(job.variables()))
        .setTenantId(job.tenantId())
        .build();
  }

  /// Not copied: nobody writes to a [JsonObject].
  private static ByteString text(JsonObject object) {
    return UnsafeByteOperations.unsafeWrap(object.text());
  }
}
