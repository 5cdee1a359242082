package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.CancelProcessInstanceDecoder;
import io.skep.adapter.sbe.schema.CancelProcessInstanceEncoder;
import io.skep.adapter.sbe.schema.CreateLatestDecoder;
import io.skep.adapter.sbe.schema.CreateLatestEncoder;
import io.skep.adapter.sbe.schema.CreateProcessInstanceDecoder;
import io.skep.adapter.sbe.schema.CreateProcessInstanceEncoder;
import io.skep.adapter.sbe.schema.Flag;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.domain.engine.instance.InstanceCommand;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.ResultRequest;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/// Commands about process instances.
final class InstanceCodec {
  private static final int LATEST = -1;
  private static final String DEFAULT_TENANT = "<default>";

  /// An id of so many characters has no more bytes than fit.
  private static final int SHORT_ID = 84;

  private InstanceCodec() {}

  static int encode(InstanceCommand command, MutableDirectBuffer to, int at) {
    return switch (command) {
      case CreateProcessInstance create when isOfLatest(create) -> {
        byte[] variables = create.variables().text();
        yield new CreateLatestEncoder()
            .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
            .bpmnProcessId(create.bpmnProcessId())
            .putVariables(variables, 0, variables.length)
            .limit();
      }
      case CreateProcessInstance create -> encode(create, to, at);
      case CancelProcessInstance(long processInstanceKey) ->
          new CancelProcessInstanceEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .processInstanceKey(processInstanceKey)
              .limit();
    };
  }

  private static boolean isOfLatest(CreateProcessInstance create) {
    return create.version() == LATEST
        && create.processDefinitionKey() == 0
        && create.result() == null
        && create.bpmnProcessId().length() <= SHORT_ID
        && create.tenantId().equals(DEFAULT_TENANT);
  }

  private static int encode(CreateProcessInstance create, MutableDirectBuffer to, int at) {
    var message = new CreateProcessInstanceEncoder();
    message
        .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
        .processDefinitionKey(create.processDefinitionKey())
        .version(create.version())
        .awaitResult(create.result() == null ? Flag.NO : Flag.YES);
    List<String> names = create.result() == null ? List.of() : create.result().fetchVariables();
    var group = message.fetchVariablesCount(names.size());
    for (String name : names) group.next().name(name);
    byte[] variables = create.variables().text();
    return message
        .bpmnProcessId(create.bpmnProcessId())
        .putVariables(variables, 0, variables.length)
        .tenantId(create.tenantId())
        .limit();
  }

  static InstanceCommand decode(Message message) {
    return switch (message.templateId()) {
      case CreateProcessInstanceDecoder.TEMPLATE_ID ->
          decode(message, message.as(new CreateProcessInstanceDecoder()));
      case CreateLatestDecoder.TEMPLATE_ID -> {
        var from = message.as(new CreateLatestDecoder());
        var bpmnProcessId = message.text(from::wrapBpmnProcessId);
        var variables = message.json(from::wrapVariables);
        yield new CreateProcessInstance(bpmnProcessId, LATEST, 0, variables, null, DEFAULT_TENANT);
      }
      case CancelProcessInstanceDecoder.TEMPLATE_ID ->
          new CancelProcessInstance(
              message.as(new CancelProcessInstanceDecoder()).processInstanceKey());
      default -> throw message.unknown("a command about process instances");
    };
  }

  private static CreateProcessInstance decode(Message message, CreateProcessInstanceDecoder from) {
    var group = from.fetchVariables();
    int count = message.entries(group.count(), group.actingBlockLength(), 0, 1);
    var names = new ArrayList<String>(count);
    for (var each : group) names.add(message.text(each::wrapName));
    var bpmnProcessId = message.text(from::wrapBpmnProcessId);
    var variables = message.json(from::wrapVariables);
    return new CreateProcessInstance(
        bpmnProcessId,
        from.version(),
        from.processDefinitionKey(),
        variables,
        Message.isYes(from.awaitResult()) ? new ResultRequest(names) : null,
        message.text(from::wrapTenantId));
  }
}
