package io.skep.domain.engine.element;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.engine.element.ElementCommand.*;
import io.skep.domain.engine.element.ElementEvent.*;
import io.skep.domain.engine.element.event.Subscriptions;
import io.skep.domain.engine.element.event.TriggeredStartEvent;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.engine.incident.Incidents;
import io.skep.domain.engine.instance.Instances;
import io.skep.domain.engine.job.Jobs;
import io.skep.domain.engine.message.Messages;
import io.skep.domain.engine.variable.Variables;
import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.ValueType;
import io.skep.domain.json.JsonObject;
import java.util.List;

/// The life that all elements share: entering, leaving, being ended, scopes, tokens and flows. What
/// is special to an element is in its own file.
///
/// A step that fails leaves an incident and the element where it is; [ResumeElement] repeats the
/// step. So a step must have found out all that can fail before it states its first fact.
public final class Elements {
  private Elements() {}

  public static void process(ElementCommand command, Turn turn) {
    switch (command) {
      case ActivateElement(long scopeKey, int element, int flow) ->
          activate(scopeKey, element, flow, turn);
      case EnterEvent(long scopeKey, int event, JsonObject variables) ->
          enterEvent(scopeKey, event, variables, turn);
      case CompleteElement(long key, JsonObject variables) -> complete(key, variables, turn);
      case TerminateElement(long key) -> terminate(key, turn);
      case ResumeElement(long key) -> resume(key, turn);
      // The engine itself takes up what was left.
      case ContinueFollowUps _ -> {}
    }
  }

  private static void activate(long scopeKey, int index, int flow, Turn turn) {
    ElementInstance scope = turn.state().elements().get(scopeKey);
    if (scope == null || !scope.isActive()) return;
    Element element = scope.definition().model().element(index);
    Cause cause = flow == ActivateElement.START ? Cause.START : Cause.TOKEN;
    if (flow >= 0 && element.isJoin()) {
      for (Flow incoming : element.node().incoming()) if (scope.tokensOn(incoming) == 0) return;
      turn.append(new TokensSpent(scopeKey, element.node().incoming()));
      cause = Cause.JOIN;
    }
    enter(placeIn(scope, element, turn), cause, turn);
  }

  /// What an event brings stays with the event, and from there goes up when it is left.
  private static void enterEvent(long scopeKey, int index, JsonObject variables, Turn turn) {
    ElementInstance scope = turn.state().elements().get(scopeKey);
    if (scope == null || !scope.isActive()) return;
    Element event = scope.definition().model().element(index);
    Cause cause = event instanceof TriggeredStartEvent ? Cause.START : Cause.TOKEN;
    Place place = placeIn(scope, event, turn);
    turn.append(new ElementActivating(place, cause));
    turn.append(new ElementActivated(place));
    Variables.setLocal(place.key(), place.processInstanceKey(), variables, turn);
    turn.then(new CompleteElement(place.key(), variables));
  }

  private static Place placeIn(ElementInstance scope, Element element, Turn turn) {
    return new Place(
        turn.nextKey(), scope.processInstanceKey(), scope.key(), scope.definition(), element);
  }

  /// Makes a process instance that begins with a start event that has occurred.
  ///
  /// @param startEvent index of the start event
  /// @param variables what came with the event
  public static void enterProcess(
      long key, ProcessDefinition definition, int startEvent, JsonObject variables, Turn turn) {
    var place = new Place(key, key, 0, definition, definition.model().root());
    turn.append(new ElementActivating(place, Cause.START));
    turn.append(new ElementActivated(place));
    turn.then(new EnterEvent(key, startEvent, variables));
  }

  /// Makes an instance of an element and does the first step.
  public static void enter(Place place, Cause cause, Turn turn) {
    turn.append(new ElementActivating(place, cause));
    begin(turn.state().elements().get(place.key()), turn);
  }

  private static void begin(ElementInstance self, Turn turn) {
    Node node = self.element().node();
    if (node.inputs() != null) {
      JsonObject inputs = evaluateMapping(node.inputs(), self, turn);
      if (inputs == null) return;
      Variables.setLocal(self.key(), self.processInstanceKey(), inputs, turn);
    }
    self.element().enter(turn.state().elements().get(self.key()), turn);
  }

  /// The element is in place.
  public static void activated(ElementInstance self, Turn turn) {
    turn.append(new ElementActivated(self.place()));
  }

  private static void complete(long key, JsonObject variables, Turn turn) {
    ElementInstance self = turn.state().elements().get(key);
    if (self == null || !self.isActive() || !self.isEmpty() || isDoomed(self, turn)) return;
    turn.append(new ElementCompleting(self.place()));
    finish(self, variables, turn);
  }

  private static void finish(ElementInstance self, JsonObject variables, Turn turn) {
    Node node = self.element().node();
    if (node.outputs() == null) {
      Variables.merge(self.key(), variables, turn);
    } else {
      Variables.setLocal(self.key(), self.processInstanceKey(), variables, turn);
      JsonObject outputs = evaluateMapping(node.outputs(), self, turn);
      if (outputs == null) return;
      Variables.merge(self.scopeKey() == 0 ? self.key() : self.scopeKey(), outputs, turn);
    }
    Subscriptions.close(self.key(), turn);
    leave(self, node, turn);
  }

  /// Ends an instance whose step is done, and takes its outgoing flows.
  private static void leave(ElementInstance self, Node node, Turn turn) {
    if (self.scopeKey() == 0) {
      Instances.giveResult(self, turn);
      Messages.release(self.key(), turn);
    }
    turn.append(new ElementCompleted(self.place()));
    if (self.scopeKey() == 0) return;
    if (self.endedBy() >= 0) {
      turn.then(new EnterEvent(self.scopeKey(), self.endedBy(), self.endedWith()));
      return;
    }
    List<Flow> outgoing = node.outgoing();
    for (int i = 0; i < outgoing.size(); i++) take(outgoing.get(i), self.place(), turn);
    if (outgoing.isEmpty() && turn.state().elements().get(self.scopeKey()).isEmpty()) {
      turn.then(new CompleteElement(self.scopeKey(), Turn.nothing()));
    }
  }

  private static void take(Flow flow, Place from, Turn turn) {
    boolean counted = from.definition().model().element(flow.target()).isJoin();
    turn.append(new FlowTaken(turn.nextKey(), from, flow, counted));
    turn.then(new ActivateElement(from.scopeKey(), flow.target(), flow.index()));
  }

  /// Goes through an element in one step, leaving it over one of its flows.
  public static void passOver(ElementInstance self, Flow flow, Turn turn) {
    passThrough(self, turn);
    take(flow, self.place(), turn);
  }

  /// Goes through an element in one step, leaving it over all of its flows.
  public static void passOverAll(ElementInstance self, Turn turn) {
    activated(self, turn);
    turn.append(new ElementCompleting(self.place()));
    leave(self, self.element().node(), turn);
  }

  private static void passThrough(ElementInstance self, Turn turn) {
    activated(self, turn);
    turn.append(new ElementCompleting(self.place()));
    turn.append(new ElementCompleted(self.place()));
  }

  private static void terminate(long key, Turn turn) {
    ElementInstance self = turn.state().elements().get(key);
    if (self == null || self.state() == ElementState.TERMINATING) return;
    turn.append(new ElementTerminating(self.place()));
    if (self.jobKey() != 0) Jobs.cancel(self.jobKey(), turn);
    if (self.incidentKey() != 0) Incidents.end(self.incidentKey(), turn);
    Subscriptions.close(key, turn);
    if (self.hasChildren()) {
      for (long child = self.firstChild();
          child != 0;
          child = turn.state().elements().get(child).nextSibling()) {
        turn.then(new TerminateElement(child));
      }
    } else {
      terminated(key, turn);
    }
  }

  private static void terminated(long key, Turn turn) {
    ElementInstance self = turn.state().elements().get(key);
    if (self.scopeKey() == 0) {
      Instances.abandonResult(key, turn);
      Messages.release(key, turn);
    }
    turn.append(new ElementTerminated(self.place()));
    if (self.scopeKey() == 0) return;
    ElementInstance scope = turn.state().elements().get(self.scopeKey());
    if (scope.state() == ElementState.TERMINATING) {
      if (!scope.hasChildren()) terminated(scope.key(), turn);
    } else if (self.endedBy() >= 0) {
      turn.then(new EnterEvent(scope.key(), self.endedBy(), self.endedWith()));
    }
  }

  /// Whether it is about to be terminated: an event has interrupted it, or its scope is being
  /// terminated. Then its own termination comes, perhaps in a later turn if there are many, and
  /// until then it must not leave: the scope ends with the last child that is terminated.
  private static boolean isDoomed(ElementInstance self, Turn turn) {
    if (self.endedBy() >= 0 && !self.element().isLeftByEvents()) return true;
    return self.scopeKey() != 0
        && turn.state().elements().get(self.scopeKey()).state() == ElementState.TERMINATING;
  }

  private static void resume(long key, Turn turn) {
    ElementInstance self = turn.state().elements().get(key);
    if (self == null || isDoomed(self, turn)) return;
    if (self.state() == ElementState.ACTIVATING) begin(self, turn);
    else if (self.state() == ElementState.COMPLETING) finish(self, Turn.nothing(), turn);
  }

  private static JsonObject evaluateMapping(
      io.skep.domain.expression.Expression mapping, ElementInstance self, Turn turn) {
    Evaluation evaluation = turn.evaluate(mapping, self.key());
    if (evaluation instanceof Evaluation.Value value && value.type() == ValueType.OBJECT) {
      return JsonObject.ofCanonical(value.json());
    }
    Incidents.raise(
        self,
        IncidentType.IO_MAPPING_ERROR,
        Incidents.describe(mapping, evaluation, ValueType.OBJECT),
        turn);
    return null;
  }
}
