package io.skep.domain.engine.element.gateway;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Node;

/// Joins: waits for a token on every incoming flow. Forks: takes every outgoing flow.
public record ParallelGateway(Node node) implements Element {

  @Override
  public boolean isJoin() {
    return node.incoming().size() > 1;
  }

  @Override
  public void enter(ElementInstance self, Turn turn) {
    Elements.passOverAll(self, turn);
  }
}
