package io.skep.adapter.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.EndEvent;
import io.camunda.zeebe.model.bpmn.instance.EventBasedGateway;
import io.camunda.zeebe.model.bpmn.instance.ExclusiveGateway;
import io.camunda.zeebe.model.bpmn.instance.IntermediateCatchEvent;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.skep.adapter.bpmn.model.ProcessOutline.Placed;
import io.skep.adapter.bpmn.model.ProcessOutline.PlacedFlow;
import io.skep.domain.engine.element.Flow;
import io.skep.domain.expression.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the sequence flows of a process. Looks at where they lead and not at the `incoming` and
/// `outgoing` of nodes, which only repeat that.
final class FlowReader {
  private final ProcessOutline outline;
  private final Expressions expressions;
  private final Problems problems;
  private final Map<Placed, List<Flow>> outgoing = new HashMap<>();
  private final Map<Placed, List<Flow>> incoming = new HashMap<>();

  FlowReader(ProcessOutline outline, Expressions expressions, Problems problems) {
    this.outline = outline;
    this.expressions = expressions;
    this.problems = problems;
  }

  /// All flows by index.
  List<Flow> read() {
    var flows = new ArrayList<Flow>();
    for (var placed : outline.flows()) {
      checkEnds(placed);
      var flow =
          new Flow(
              placed.index(),
              placed.id(),
              placed.source().index(),
              placed.target().index(),
              condition(placed));
      flows.add(flow);
      outgoing.computeIfAbsent(placed.source(), _ -> new ArrayList<>()).add(flow);
      incoming.computeIfAbsent(placed.target(), _ -> new ArrayList<>()).add(flow);
    }
    outline.nodes().forEach(this::checkOutgoing);
    return List.copyOf(flows);
  }

  /// Flows that leave a node, in document order.
  List<Flow> from(Placed node) {
    return List.copyOf(outgoing.getOrDefault(node, List.of()));
  }

  List<Flow> to(Placed node) {
    return List.copyOf(incoming.getOrDefault(node, List.of()));
  }

  private Expression condition(PlacedFlow placed) {
    var condition = placed.flow().getConditionExpression();
    if (condition == null) return null;
    if (!(placed.source().node() instanceof ExclusiveGateway)) {
      if (Support.problemOf(placed.source().node()) == null) {
        problems.add(
            placed.source().node(),
            "Conditional sequence flows are only supported at exclusive or inclusive gateway");
      }
      return null;
    }
    return expressions.feel(condition.getTextContent(), condition);
  }

  private void checkEnds(PlacedFlow flow) {
    if (flow.source().node() instanceof EndEvent end) {
      problems.add(end, "End events must not have outgoing sequence flows to other elements.");
    }
    var target = flow.target().node();
    if (flow.source().node() instanceof EventBasedGateway gateway
        && !(target instanceof IntermediateCatchEvent)) {
      problems.add(
          gateway,
          "Expected sequence flows to catch events only, but there is one to '%s'"
              .formatted(target.getId()));
    }
    if (target instanceof StartEvent || target instanceof BoundaryEvent) {
      problems.add(target, "Cannot have incoming sequence flows");
    }
  }

  private void checkOutgoing(Placed node) {
    var flows = outgoing.getOrDefault(node, List.of());
    if (node.node() instanceof BoundaryEvent && flows.isEmpty()) {
      problems.add(node.node(), "Must have at least one outgoing sequence flow or association");
    }
    if (!(node.node() instanceof ExclusiveGateway) || flows.size() < 2) return;
    var defaultFlow = node.node().getAttributeValue("default");
    for (var placed : outline.flows()) {
      boolean isOpen =
          placed.flow().getConditionExpression() == null && !placed.id().equals(defaultFlow);
      if (placed.source() == node && isOpen) {
        problems.add(placed.flow(), "Must have a condition or be default flow");
      }
    }
  }
}
