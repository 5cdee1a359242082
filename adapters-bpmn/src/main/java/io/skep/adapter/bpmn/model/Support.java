package io.skep.adapter.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.Activity;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.EventDefinition;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.IntermediateCatchEvent;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import io.camunda.zeebe.model.bpmn.instance.SignalEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.ThrowEvent;
import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;
import io.skep.domain.engine.element.ElementType;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What the engine can run. Everything else is refused when it is deployed rather than ignored when
/// it is run.
final class Support {
  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("startEvent", ElementType.START_EVENT),
          Map.entry("endEvent", ElementType.END_EVENT),
          Map.entry("intermediateCatchEvent", ElementType.INTERMEDIATE_CATCH_EVENT),
          Map.entry("intermediateThrowEvent", ElementType.INTERMEDIATE_THROW_EVENT),
          Map.entry("boundaryEvent", ElementType.BOUNDARY_EVENT),
          Map.entry("task", ElementType.TASK),
          Map.entry("manualTask", ElementType.MANUAL_TASK),
          Map.entry("serviceTask", ElementType.SERVICE_TASK),
          Map.entry("receiveTask", ElementType.RECEIVE_TASK),
          Map.entry("sendTask", ElementType.SEND_TASK),
          Map.entry("scriptTask", ElementType.SCRIPT_TASK),
          Map.entry("businessRuleTask", ElementType.BUSINESS_RULE_TASK),
          Map.entry("exclusiveGateway", ElementType.EXCLUSIVE_GATEWAY),
          Map.entry("parallelGateway", ElementType.PARALLEL_GATEWAY),
          Map.entry("eventBasedGateway", ElementType.EVENT_BASED_GATEWAY),
          Map.entry("subProcess", ElementType.SUB_PROCESS));

  private static final List<Class<? extends EventDefinition>> MESSAGE_OR_SIGNAL =
      List.of(MessageEventDefinition.class, SignalEventDefinition.class);
  private static final List<Class<? extends EventDefinition>> CAUGHT =
      List.of(
          TimerEventDefinition.class, MessageEventDefinition.class, SignalEventDefinition.class);

  private Support() {}

  /// The engine's type for it, `null` if it has none.
  static ElementType type(FlowNode node) {
    return TYPES.get(node.getElementType().getTypeName());
  }

  /// Why the engine cannot run a node, `null` if it can.
  static String problemOf(FlowNode node) {
    if (type(node) == null)
      return notSupported(node.getElementType().getInstanceType().getSimpleName());
    return switch (node) {
      case StartEvent start -> problemOf(start, MESSAGE_OR_SIGNAL);
      case IntermediateCatchEvent event -> problemOf(event, CAUGHT);
      case BoundaryEvent event -> problemOf(event, CAUGHT);
      case ThrowEvent event -> problemOf(event.getEventDefinitions(), event, MESSAGE_OR_SIGNAL);
      case SubProcess subProcess when subProcess.triggeredByEvent() ->
          notSupported("EventSubProcess");
      case Activity activity -> problemOf(activity);
      default -> null;
    };
  }

  private static String problemOf(
      CatchEvent event, List<Class<? extends EventDefinition>> supported) {
    // The library has better words for a sub-process that does not start with a none event.
    if (event instanceof StartEvent && event.getParentElement() instanceof SubProcess) return null;
    return problemOf(event.getEventDefinitions(), event, supported);
  }

  private static String problemOf(
      Collection<EventDefinition> definitions,
      FlowNode event,
      List<Class<? extends EventDefinition>> supported) {
    if (definitions.size() > 1) return null;
    for (var definition : definitions) {
      var type = definition.getElementType().getInstanceType();
      if (!supported.contains(type)) {
        return notSupported(
            "%s with %s"
                .formatted(
                    event.getElementType().getInstanceType().getSimpleName(),
                    type.getSimpleName()));
      }
    }
    return null;
  }

  private static String problemOf(Activity activity) {
    if (activity.isForCompensation()) return notSupported("compensation handler");
    return activity.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics
        ? notSupported("MultiInstanceLoopCharacteristics")
        : null;
  }

  private static String notSupported(String type) {
    return "Elements of type '%s' are currently not supported".formatted(type);
  }
}
