package io.skep.adapter.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.skep.adapter.bpmn.model.ProcessOutline.Placed;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementType;
import io.skep.domain.engine.element.Flow;
import io.skep.domain.engine.element.Node;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.element.container.ProcessRoot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Makes the elements that the engine runs of an outline.
final class ProcessCompiler {
  private final ProcessOutline outline;
  private final Problems problems;
  private final MappingReader mappings;
  private final ElementCompiler elements;
  private final FlowReader flows;

  ProcessCompiler(ProcessOutline outline, Problems problems) {
    this.outline = outline;
    this.problems = problems;
    var expressions = new Expressions(problems);
    this.mappings = new MappingReader(expressions, problems);
    var timers = new TimerReader(expressions, problems);
    this.elements =
        new ElementCompiler(expressions, new EventReader(expressions, timers, problems));
    this.flows = new FlowReader(outline, expressions, problems);
  }

  /// A model that must not be used if problems were reported.
  ProcessModel compile() {
    var id = outline.process().getId();
    var allFlows = flows.read();
    var compiled = new ArrayList<Element>(outline.nodes().size() + 1);
    var process =
        new Node(0, id, ElementType.PROCESS, -1, List.of(), List.of(), null, null, List.of());
    compiled.add(new ProcessRoot(process, startEvent(0)));
    for (var placed : outline.nodes()) compiled.add(compile(placed));
    var model = new ProcessModel(id, List.copyOf(compiled), allFlows);
    if (problems.isEmpty()) StraightThroughLoops.refuse(model, problems);
    return model;
  }

  private Element compile(Placed placed) {
    var node = placed.node();
    var type = Support.type(node);
    List<Flow> outgoing = new ArrayList<>(flows.from(placed));
    // Zeebe takes flows in this order, and where a model leaves the order open it shows.
    Collections.reverse(outgoing);
    // Read in any case, for mistakes in them are refused wherever they are.
    var inputs = mappings.inputs(node);
    var outputs = mappings.outputs(node);
    var compiled =
        new Node(
            placed.index(),
            node.getId(),
            type == null ? ElementType.TASK : type,
            placed.scope(),
            flows.to(placed),
            List.copyOf(outgoing),
            hasMappings(type) ? inputs : null,
            hasMappings(type) ? outputs : null,
            boundaryEvents(placed));
    return elements.compile(compiled, placed, outline, startEvent(placed.index()));
  }

  /// Those of what only passes on have no effect, in Zeebe neither.
  private static boolean hasMappings(ElementType type) {
    return switch (type) {
      case null -> false;
      case EXCLUSIVE_GATEWAY, PARALLEL_GATEWAY, EVENT_BASED_GATEWAY, TASK, MANUAL_TASK -> false;
      default -> true;
    };
  }

  /// The none start event.
  private int startEvent(int scope) {
    for (var placed : outline.nodes()) {
      if (placed.scope() == scope
          && placed.node() instanceof StartEvent start
          && start.getEventDefinitions().isEmpty()) return placed.index();
    }
    return -1;
  }

  private List<Integer> boundaryEvents(Placed activity) {
    return outline.nodes().stream()
        .filter(
            placed ->
                placed.node() instanceof BoundaryEvent event
                    && outline.attachedTo(event) == activity)
        .map(Placed::index)
        .toList();
  }
}
