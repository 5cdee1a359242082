package io.skep.adapter.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.Activity;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.ExclusiveGateway;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The nodes and sequence flows of a process with their places in the model, before anything is
/// made of them.
///
/// References are resolved here by id: the library would throw where one leads to an element of
/// another kind.
final class ProcessOutline {
  /// @param scope place of the container
  record Placed(int index, FlowNode node, int scope) {}

  record PlacedFlow(int index, SequenceFlow flow, Placed source, Placed target) {
    String id() {
      return flow.getId();
    }
  }

  private final Process process;
  private final Problems problems;
  private final List<Placed> nodes = new ArrayList<>();
  private final Map<String, Placed> nodesById = new LinkedHashMap<>();
  private final List<PlacedFlow> flows = new ArrayList<>();
  private final Map<FlowElement, Integer> scopes = new LinkedHashMap<>();

  private ProcessOutline(Process process, Problems problems) {
    this.process = process;
    this.problems = problems;
  }

  static ProcessOutline of(Process process, Problems problems) {
    var outline = new ProcessOutline(process, problems);
    outline.place(process.getFlowElements(), 0);
    outline.placeFlows();
    outline.nodes.forEach(outline::checkAttachment);
    outline.nodes.forEach(outline::checkDefaultFlow);
    return outline;
  }

  Process process() {
    return process;
  }

  /// In document order, containers before what they hold. The first one has index 1: 0 is the
  /// process.
  List<Placed> nodes() {
    return nodes;
  }

  /// In document order within each container.
  List<PlacedFlow> flows() {
    return flows;
  }

  /// The activity that a boundary event is attached to.
  Placed attachedTo(BoundaryEvent event) {
    return nodesById.get(event.getAttributeValue("attachedToRef"));
  }

  private void place(Collection<FlowElement> elements, int scope) {
    for (var element : elements) {
      if (isBlank(element.getId()))
        problems.add(element, "Element id must be present and not empty.");
      scopes.put(element, scope);
      if (!(element instanceof FlowNode node)) continue;
      var placed = new Placed(nodes.size() + 1, node, scope);
      nodes.add(placed);
      nodesById.put(node.getId(), placed);
      if (node instanceof SubProcess subProcess)
        place(subProcess.getFlowElements(), placed.index());
    }
  }

  private void placeFlows() {
    scopes.forEach(
        (element, scope) -> {
          if (element instanceof SequenceFlow flow) place(flow, scope);
        });
  }

  private void place(SequenceFlow flow, int scope) {
    var source = end(flow, "sourceRef", scope);
    var target = end(flow, "targetRef", scope);
    if (source != null && target != null)
      flows.add(new PlacedFlow(flows.size(), flow, source, target));
  }

  private Placed end(SequenceFlow flow, String attribute, int scope) {
    var id = flow.getAttributeValue(attribute);
    var end = nodesById.get(id);
    if (end != null && end.scope() == scope) return end;
    problems.add(
        flow,
        "Expected %s to name an element that can have sequence flows in the same process or sub-process, but '%s' does not"
            .formatted(attribute, id));
    return null;
  }

  private void checkAttachment(Placed placed) {
    if (!(placed.node() instanceof BoundaryEvent event)) return;
    var activity = attachedTo(event);
    if (activity == null
        || !(activity.node() instanceof Activity)
        || activity.scope() != placed.scope()) {
      problems.add(event, "Must be attached to an activity");
    }
  }

  private void checkDefaultFlow(Placed placed) {
    var id =
        placed.node() instanceof ExclusiveGateway
            ? placed.node().getAttributeValue("default")
            : null;
    if (id != null
        && flows.stream().noneMatch(flow -> flow.source() == placed && flow.id().equals(id))) {
      problems.add(placed.node(), "Default flow must start at gateway");
    }
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
