package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.DeployedProcessDecoder;
import io.skep.adapter.sbe.schema.DeployedProcessEncoder;
import io.skep.adapter.sbe.schema.Flag;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.domain.engine.deployment.DeployedProcess;
import io.skep.domain.engine.deployment.Resource;
import org.agrona.MutableDirectBuffer;

/// A version of a process, as a part of commands and answers.
final class DeployedProcessCodec {
  private DeployedProcessCodec() {}

  static int encode(DeployedProcess process, MutableDirectBuffer to, int at) {
    byte[] content = process.resource().content();
    return new DeployedProcessEncoder()
        .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
        .key(process.key())
        .version(process.version())
        .duplicate(process.duplicate() ? Flag.YES : Flag.NO)
        .bpmnProcessId(process.bpmnProcessId())
        .resourceName(process.resource().name())
        .putContent(content, 0, content.length)
        .tenantId(process.tenantId())
        .limit();
  }

  static DeployedProcess decode(Message message) {
    if (message.templateId() != DeployedProcessDecoder.TEMPLATE_ID) {
      throw message.unknown("a deployed process");
    }
    var from = message.as(new DeployedProcessDecoder());
    return new DeployedProcess(
        message.text(from::wrapBpmnProcessId),
        from.version(),
        from.key(),
        new Resource(message.text(from::wrapResourceName), message.bytes(from::wrapContent)),
        message.text(from::wrapTenantId),
        Message.isYes(from.duplicate()));
  }
}
