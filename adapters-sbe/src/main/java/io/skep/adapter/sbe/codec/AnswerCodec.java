package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.DoneDecoder;
import io.skep.adapter.sbe.schema.DoneEncoder;
import io.skep.adapter.sbe.schema.InstanceCompletedDecoder;
import io.skep.adapter.sbe.schema.InstanceCompletedEncoder;
import io.skep.adapter.sbe.schema.InstanceCreatedDecoder;
import io.skep.adapter.sbe.schema.InstanceCreatedEncoder;
import io.skep.adapter.sbe.schema.JobsActivatedDecoder;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.adapter.sbe.schema.MessagesReceivedDecoder;
import io.skep.adapter.sbe.schema.MessagesReceivedEncoder;
import io.skep.adapter.sbe.schema.RejectedDecoder;
import io.skep.adapter.sbe.schema.ResourcesDeployedDecoder;
import io.skep.adapter.sbe.schema.ResourcesDeployedEncoder;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Answer.InstanceCompleted;
import io.skep.domain.engine.Answer.InstanceCreated;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.Answer.MessagesReceived;
import io.skep.domain.engine.Answer.ResourcesDeployed;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.deployment.DeployedProcess;
import io.skep.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/// What partitions answer.
public final class AnswerCodec {
  private AnswerCodec() {}

  /// @return index of the byte behind it
  public static int encode(Answer answer, MutableDirectBuffer to, int at) {
    return switch (answer) {
      case Rejection rejection -> RejectionCodec.encode(rejection, to, at);
      case Done(long key) ->
          new DoneEncoder().wrapAndApplyHeader(to, at, new MessageHeaderEncoder()).key(key).limit();
      case ResourcesDeployed deployed -> encode(deployed, to, at);
      case InstanceCreated created ->
          new InstanceCreatedEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .processDefinitionKey(created.processDefinitionKey())
              .processInstanceKey(created.processInstanceKey())
              .version(created.version())
              .bpmnProcessId(created.bpmnProcessId())
              .tenantId(created.tenantId())
              .limit();
      case InstanceCompleted(InstanceCreated instance, JsonObject variables) ->
          new InstanceCompletedEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .processDefinitionKey(instance.processDefinitionKey())
              .processInstanceKey(instance.processInstanceKey())
              .version(instance.version())
              .bpmnProcessId(instance.bpmnProcessId())
              .tenantId(instance.tenantId())
              .putVariables(variables.text(), 0, variables.text().length)
              .limit();
      case JobsActivated activated -> JobsActivatedCodec.encode(activated, to, at);
      case MessagesReceived(long upToNumber) ->
          new MessagesReceivedEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .upToNumber(upToNumber)
              .limit();
    };
  }

  private static int encode(ResourcesDeployed deployed, MutableDirectBuffer to, int at) {
    var message = new ResourcesDeployedEncoder();
    message
        .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
        .deploymentKey(deployed.deploymentKey());
    var group = message.processesCount(deployed.processes().size());
    for (DeployedProcess process : deployed.processes()) {
      group.next();
      Nested.write(message, to, process, DeployedProcessCodec::encode);
    }
    return message.tenantId(deployed.tenantId()).limit();
  }

  /// @throws io.skep.port.out.LogCodec.MalformedCommandException if it is no answer that this
  ///   version knows
  public static Answer decode(Message message) {
    return switch (message.templateId()) {
      case RejectedDecoder.TEMPLATE_ID -> RejectionCodec.decode(message);
      case DoneDecoder.TEMPLATE_ID -> new Done(message.as(new DoneDecoder()).key());
      case ResourcesDeployedDecoder.TEMPLATE_ID ->
          decode(message, message.as(new ResourcesDeployedDecoder()));
      case InstanceCreatedDecoder.TEMPLATE_ID -> {
        var from = message.as(new InstanceCreatedDecoder());
        yield new InstanceCreated(
            from.processDefinitionKey(),
            message.text(from::wrapBpmnProcessId),
            from.version(),
            from.processInstanceKey(),
            message.text(from::wrapTenantId));
      }
      case InstanceCompletedDecoder.TEMPLATE_ID -> {
        var from = message.as(new InstanceCompletedDecoder());
        var instance =
            new InstanceCreated(
                from.processDefinitionKey(),
                message.text(from::wrapBpmnProcessId),
                from.version(),
                from.processInstanceKey(),
                message.text(from::wrapTenantId));
        yield new InstanceCompleted(instance, message.json(from::wrapVariables));
      }
      case JobsActivatedDecoder.TEMPLATE_ID -> JobsActivatedCodec.decode(message);
      case MessagesReceivedDecoder.TEMPLATE_ID ->
          new MessagesReceived(message.as(new MessagesReceivedDecoder()).upToNumber());
      default -> throw message.unknown("an answer");
    };
  }

  private static ResourcesDeployed decode(Message message, ResourcesDeployedDecoder from) {
    var group = from.processes();
    int count = message.entries(group.count(), group.actingBlockLength(), 0, 1);
    List<DeployedProcess> processes = new ArrayList<>(count);
    for (var each : group) {
      processes.add(message.readPart(each::wrapProcess, DeployedProcessCodec::decode));
    }
    return new ResourcesDeployed(from.deploymentKey(), processes, message.text(from::wrapTenantId));
  }
}
