package io.skep.adapter.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeScript;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskHeaders;
import io.skep.adapter.bpmn.model.ProcessOutline.Placed;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.Flow;
import io.skep.domain.engine.element.Node;
import io.skep.domain.engine.element.container.SubProcess;
import io.skep.domain.engine.element.event.EndEvent;
import io.skep.domain.engine.element.event.IntermediateCatchEvent;
import io.skep.domain.engine.element.event.SignalThrowEvent;
import io.skep.domain.engine.element.gateway.EventBasedGateway;
import io.skep.domain.engine.element.gateway.ExclusiveGateway;
import io.skep.domain.engine.element.gateway.ParallelGateway;
import io.skep.domain.engine.element.task.JobTask;
import io.skep.domain.engine.element.task.PassThrough;
import io.skep.domain.engine.element.task.ScriptTask;
import io.skep.domain.json.Json;
import io.skep.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Makes an element of a node: what its kind has beyond what all have.
final class ElementCompiler {
  private final Expressions expressions;
  private final EventReader events;

  ElementCompiler(Expressions expressions, EventReader events) {
    this.expressions = expressions;
    this.events = events;
  }

  /// @param startEvent index of the start event within it, if it is a container
  Element compile(Node node, Placed placed, ProcessOutline outline, int startEvent) {
    var source = placed.node();
    // A placeholder: the model is refused, but what else is wrong with it shall be found.
    if (Support.problemOf(source) != null) return new PassThrough(node);
    return switch (node.type()) {
      case START_EVENT -> events.start(node, (StartEvent) source);
      case END_EVENT -> throwEvent(node, source, new EndEvent(node));
      case INTERMEDIATE_THROW_EVENT -> throwEvent(node, source, new PassThrough(node));
      case INTERMEDIATE_CATCH_EVENT ->
          new IntermediateCatchEvent(node, events.caught((CatchEvent) source));
      case BOUNDARY_EVENT -> boundaryEvent(node, (BoundaryEvent) source, outline);
      case EXCLUSIVE_GATEWAY -> new ExclusiveGateway(node, defaultFlow(node, source));
      case PARALLEL_GATEWAY -> new ParallelGateway(node);
      case EVENT_BASED_GATEWAY -> new EventBasedGateway(node);
      case RECEIVE_TASK ->
          new io.skep.domain.engine.element.task.ReceiveTask(
              node, events.message((ReceiveTask) source));
      case SUB_PROCESS -> new SubProcess(node, startEvent);
      case SCRIPT_TASK -> scriptTask(node, source);
      case SERVICE_TASK, SEND_TASK, BUSINESS_RULE_TASK -> jobTask(node, source);
      case TASK, MANUAL_TASK -> new PassThrough(node);
      case PROCESS, SEQUENCE_FLOW ->
          throw new IllegalStateException(
              "Expected a node within a process, but got " + node.type());
    };
  }

  private Element boundaryEvent(Node node, BoundaryEvent event, ProcessOutline outline) {
    return new io.skep.domain.engine.element.event.BoundaryEvent(
        node, outline.attachedTo(event).index(), event.cancelActivity(), events.caught(event));
  }

  /// A message is thrown by a worker, who alone knows how.
  ///
  /// @param none what it is if it throws nothing
  private Element throwEvent(Node node, FlowNode event, Element none) {
    if (!event.getChildElementsByType(MessageEventDefinition.class).isEmpty())
      return jobTask(node, event);
    var signal = events.signal(event);
    return signal == null ? none : new SignalThrowEvent(node, signal);
  }

  private static Flow defaultFlow(Node node, FlowNode gateway) {
    var id = gateway.getAttributeValue("default");
    return node.outgoing().stream().filter(flow -> flow.id().equals(id)).findFirst().orElse(null);
  }

  private Element jobTask(Node node, FlowNode task) {
    for (var definition : extensions(task, ZeebeTaskDefinition.class)) {
      // The checks of the library find a missing type and say it in other words.
      if (definition.getType() == null || definition.getType().isEmpty()) break;
      var retries = definition.getRetries();
      return new JobTask(
          node,
          expressions.textOr(definition.getType(), definition),
          expressions.numberOr(
              retries == null || retries.isBlank() ? ZeebeTaskDefinition.DEFAULT_RETRIES : retries,
              definition),
          headers(task));
    }
    return new PassThrough(node);
  }

  /// A script task is a script of its own, or work for a worker.
  private Element scriptTask(Node node, FlowNode task) {
    for (var script : extensions(task, ZeebeScript.class)) {
      // The checks of the library find what is missing and say it in other words.
      if (script.getExpression() == null || script.getResultVariable() == null) break;
      return new ScriptTask(
          node, expressions.feel(script.getExpression(), script), script.getResultVariable());
    }
    return jobTask(node, task);
  }

  private static JsonObject headers(FlowNode task) {
    var headers = new LinkedHashMap<String, byte[]>();
    for (var group : extensions(task, ZeebeTaskHeaders.class)) {
      for (var header : group.getHeaders()) {
        // Zeebe leaves out what is empty.
        if (!isEmpty(header.getKey()) && !isEmpty(header.getValue())) {
          headers.put(header.getKey(), Json.quote(header.getValue()));
        }
      }
    }
    return JsonObject.of(List.copyOf(headers.keySet()), new ArrayList<>(headers.values()));
  }

  private static boolean isEmpty(String text) {
    return text == null || text.isEmpty();
  }

  private static <T extends io.camunda.zeebe.model.bpmn.instance.BpmnModelElementInstance>
      List<T> extensions(FlowNode node, Class<T> type) {
    var extensions = node.getExtensionElements();
    return extensions == null ? List.of() : List.copyOf(extensions.getChildElementsByType(type));
  }
}
