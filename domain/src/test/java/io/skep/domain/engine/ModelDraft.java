package io.skep.domain.engine;

import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementType;
import io.skep.domain.engine.element.Flow;
import io.skep.domain.engine.element.Node;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.StaticText;
import io.skep.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Elements and flows as they have been drawn so far, and the model that comes of them.
final class ModelDraft {
  private final List<Draft> drafts = new ArrayList<>();
  private final List<FlowDraft> flows = new ArrayList<>();

  /// Makes the element once its node is known.
  interface Maker {
    Element make(Draft draft, Node node, List<Flow> flows);
  }

  /// An element.
  static final class Draft {
    final int index;
    final String id;
    final ElementType type;
    final Draft scope;
    final Maker maker;
    final List<Integer> boundaryEvents = new ArrayList<>();
    int startEvent = -1;
    int defaultFlow = -1;
    Expression inputs;
    Expression outputs;
    Expression jobType;
    Expression retries = StaticText.of("3");
    JsonObject headers = JsonObject.empty();

    Draft(int index, String id, ElementType type, Draft scope, Maker maker) {
      this.index = index;
      this.id = id;
      this.type = type;
      this.scope = scope;
      this.maker = maker;
      this.jobType = StaticText.string(id);
    }
  }

  private record FlowDraft(Draft from, Draft to, Expression condition) {}

  /// @param scope what it lies in, `null` for the process itself
  Draft add(String id, ElementType type, Draft scope, Maker maker) {
    var draft = new Draft(drafts.size(), id, type, scope, maker);
    drafts.add(draft);
    return draft;
  }

  /// @param condition `null` if there is none
  /// @return the index of the flow
  int connect(Draft from, Draft to, Expression condition) {
    flows.add(new FlowDraft(from, to, condition));
    return flows.size() - 1;
  }

  Draft find(String id) {
    for (Draft draft : drafts) if (draft.id.equals(id)) return draft;
    throw new IllegalArgumentException("Expected an element '%s', but there is none".formatted(id));
  }

  /// @param faults sees each look at the model
  /// @param outgoingView how the flows out of an element are looked at
  ProcessModel build(FaultPoints faults, ModelBuilder.ListView outgoingView) {
    var built = new ArrayList<Flow>(flows.size());
    for (FlowDraft flow : flows) {
      String id = flow.from.id + "-" + flow.to.id;
      built.add(new Flow(built.size(), id, flow.from.index, flow.to.index, flow.condition));
    }
    var incoming = new ArrayList<List<Flow>>();
    var outgoing = new ArrayList<List<Flow>>();
    for (Draft _ : drafts) {
      incoming.add(new ArrayList<>());
      outgoing.add(new ArrayList<>());
    }
    for (Flow flow : built) {
      incoming.get(flow.target()).add(flow);
      outgoing.get(flow.source()).addFirst(flow);
    }
    var elements = new ArrayList<Element>(drafts.size());
    for (Draft draft : drafts) {
      var node =
          new Node(
              draft.index,
              draft.id,
              draft.type,
              draft.scope == null ? -1 : draft.scope.index,
              faults.watch(incoming.get(draft.index)),
              outgoingView.of(faults.watch(outgoing.get(draft.index))),
              draft.inputs,
              draft.outputs,
              faults.watch(draft.boundaryEvents));
      elements.add(draft.maker.make(draft, node, built));
    }
    return new ProcessModel(drafts.getFirst().id, faults.watch(elements), built);
  }
}
