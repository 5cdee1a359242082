package io.skep.adapter.bpmn.model;

import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.Flow;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.element.event.SignalThrowEvent;
import io.skep.domain.engine.element.gateway.ExclusiveGateway;
import io.skep.domain.engine.element.gateway.ParallelGateway;
import io.skep.domain.engine.element.task.PassThrough;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Finds loops in which nothing ever waits: an instance that gets into one would keep its partition
/// busy for ever.
final class StraightThroughLoops {
  private enum Mark {
    NEW,
    ON_PATH,
    DONE
  }

  private record Step(Element element, Iterator<Flow> next) {}

  private final ProcessModel model;
  private final Mark[] marks;
  private final List<Step> path = new ArrayList<>();

  private StraightThroughLoops(ProcessModel model) {
    this.model = model;
    this.marks = new Mark[model.elements().size()];
    java.util.Arrays.fill(marks, Mark.NEW);
  }

  static void refuse(ProcessModel model, Problems problems) {
    var loops = new StraightThroughLoops(model);
    for (var element : model.elements()) {
      var loop = loops.from(element);
      if (loop != null) {
        problems.addToProcess(
            model.bpmnProcessId(),
            "Processes are not allowed to contain a straight-through processing loop: " + loop);
        return;
      }
    }
  }

  /// The loop that can be reached from here, as ids from its first to its first element; `null` if
  /// there is none.
  private String from(Element start) {
    if (!enter(start)) return null;
    while (!path.isEmpty()) {
      var step = path.getLast();
      if (!step.next().hasNext()) {
        marks[step.element().index()] = Mark.DONE;
        path.removeLast();
        continue;
      }
      var target = model.element(step.next().next().target());
      if (marks[target.index()] == Mark.ON_PATH) return describe(target);
      enter(target);
    }
    return null;
  }

  private boolean enter(Element element) {
    if (marks[element.index()] != Mark.NEW || !isStraightThrough(element)) return false;
    marks[element.index()] = Mark.ON_PATH;
    path.add(new Step(element, element.node().outgoing().iterator()));
    return true;
  }

  private static boolean isStraightThrough(Element element) {
    return element instanceof PassThrough
        || element instanceof SignalThrowEvent
        || element instanceof ExclusiveGateway
        || element instanceof ParallelGateway;
  }

  private String describe(Element first) {
    var ids = path.stream().map(step -> step.element().id()).toList();
    return String.join(" > ", ids.subList(ids.indexOf(first.id()), ids.size()))
        + " > "
        + first.id();
  }
}
