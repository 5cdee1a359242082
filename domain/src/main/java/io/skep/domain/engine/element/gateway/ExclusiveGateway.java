package io.skep.domain.engine.element.gateway;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Extraction;
import io.skep.domain.engine.element.Flow;
import io.skep.domain.engine.element.Node;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.engine.incident.Incidents;

/// Takes the first flow whose condition is true, else the default flow.
///
/// @param defaultFlow one of the outgoing flows, or `null` if there is none
public record ExclusiveGateway(Node node, Flow defaultFlow) implements Element {

  @Override
  public void enter(ElementInstance self, Turn turn) {
    if (node.outgoing().isEmpty()) {
      Elements.passOverAll(self, turn);
      return;
    }
    for (Flow flow : node.outgoing()) {
      if (flow == defaultFlow) continue;
      if (flow.condition() == null) {
        Elements.passOver(self, flow, turn);
        return;
      }
      Boolean holds = Extraction.condition(self, flow.condition(), turn);
      if (holds == null) return;
      if (holds) {
        Elements.passOver(self, flow, turn);
        return;
      }
    }
    if (defaultFlow != null) {
      Elements.passOver(self, defaultFlow, turn);
    } else {
      Incidents.raise(
          self,
          IncidentType.CONDITION_ERROR,
          "Expected at least one condition to be true, or a default flow, but there is none",
          turn);
    }
  }
}
