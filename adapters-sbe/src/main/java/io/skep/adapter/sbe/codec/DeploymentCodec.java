package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.DeleteResourceDecoder;
import io.skep.adapter.sbe.schema.DeleteResourceEncoder;
import io.skep.adapter.sbe.schema.DeployResourcesDecoder;
import io.skep.adapter.sbe.schema.DeployResourcesEncoder;
import io.skep.adapter.sbe.schema.DistributeDeletionDecoder;
import io.skep.adapter.sbe.schema.DistributeDeletionEncoder;
import io.skep.adapter.sbe.schema.DistributeDeploymentDecoder;
import io.skep.adapter.sbe.schema.DistributeDeploymentEncoder;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.domain.engine.deployment.DeployedProcess;
import io.skep.domain.engine.deployment.DeploymentCommand;
import io.skep.domain.engine.deployment.DeploymentCommand.DeleteResource;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.deployment.DeploymentCommand.DistributeDeletion;
import io.skep.domain.engine.deployment.DeploymentCommand.DistributeDeployment;
import io.skep.domain.engine.deployment.DeploymentCommand.EndDistribution;
import io.skep.domain.engine.deployment.DeploymentCommand.NoteDelivery;
import io.skep.domain.engine.deployment.Resource;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/// Commands about definitions.
final class DeploymentCodec {
  private DeploymentCodec() {}

  static int encode(DeploymentCommand command, MutableDirectBuffer to, int at) {
    return switch (command) {
      case DeployResources(List<Resource> resources, String tenantId) -> {
        var message = new DeployResourcesEncoder();
        message.wrapAndApplyHeader(to, at, new MessageHeaderEncoder());
        var group = message.resourcesCount(resources.size());
        for (Resource resource : resources) {
          byte[] content = resource.content();
          group.next().name(resource.name()).putContent(content, 0, content.length);
        }
        yield message.tenantId(tenantId).limit();
      }
      case DistributeDeployment(long deploymentKey, List<DeployedProcess> processes) -> {
        var message = new DistributeDeploymentEncoder();
        message.wrapAndApplyHeader(to, at, new MessageHeaderEncoder()).deploymentKey(deploymentKey);
        var group = message.processesCount(processes.size());
        for (DeployedProcess process : processes) {
          group.next();
          Nested.write(message, to, process, DeployedProcessCodec::encode);
        }
        yield message.limit();
      }
      case DeleteResource(long resourceKey) ->
          new DeleteResourceEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .resourceKey(resourceKey)
              .limit();
      case DistributeDeletion(long resourceKey) ->
          new DistributeDeletionEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .resourceKey(resourceKey)
              .limit();
      case NoteDelivery _, EndDistribution _ -> throw CommandCodec.staysInItsTurn(command);
    };
  }

  static DeploymentCommand decode(Message message) {
    return switch (message.templateId()) {
      case DeployResourcesDecoder.TEMPLATE_ID -> {
        var from = message.as(new DeployResourcesDecoder());
        yield new DeployResources(resources(message, from), message.text(from::wrapTenantId));
      }
      case DistributeDeploymentDecoder.TEMPLATE_ID -> {
        var from = message.as(new DistributeDeploymentDecoder());
        yield new DistributeDeployment(from.deploymentKey(), processes(message, from));
      }
      case DeleteResourceDecoder.TEMPLATE_ID ->
          new DeleteResource(message.as(new DeleteResourceDecoder()).resourceKey());
      case DistributeDeletionDecoder.TEMPLATE_ID ->
          new DistributeDeletion(message.as(new DistributeDeletionDecoder()).resourceKey());
      default -> throw message.unknown("a command about definitions");
    };
  }

  private static List<Resource> resources(Message message, DeployResourcesDecoder from) {
    var group = from.resources();
    int count = message.entries(group.count(), group.actingBlockLength(), 0, 2);
    var resources = new ArrayList<Resource>(count);
    for (var each : group) {
      resources.add(new Resource(message.text(each::wrapName), message.bytes(each::wrapContent)));
    }
    return resources;
  }

  private static List<DeployedProcess> processes(
      Message message, DistributeDeploymentDecoder from) {
    var group = from.processes();
    int count = message.entries(group.count(), group.actingBlockLength(), 0, 1);
    var processes = new ArrayList<DeployedProcess>(count);
    for (var each : group) {
      processes.add(message.readPart(each::wrapProcess, DeployedProcessCodec::decode));
    }
    return processes;
  }
}
