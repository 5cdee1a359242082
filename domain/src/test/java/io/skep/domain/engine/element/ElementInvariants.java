package io.skep.domain.engine.element;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.element.event.IntermediateCatchEvent;
import io.skep.domain.engine.element.gateway.EventBasedGateway;
import io.skep.domain.engine.element.task.JobTask;
import io.skep.domain.engine.element.task.ReceiveTask;

/// What must hold of element instances and the links between them, whatever has happened.
public final class ElementInvariants {
  private final ElementInstanceTable elements;

  /// Whether nothing is left to be done: then no token may be on its way but to a join.
  private final boolean atRest;

  public ElementInvariants(ElementInstanceTable elements, boolean atRest) {
    this.elements = elements;
    this.atRest = atRest;
  }

  public void check() {
    int reached = 0;
    for (long key : elements.sortedKeys()) {
      ElementInstance instance = elements.get(key);
      assertEquals(key, instance.key());
      if (instance.scopeKey() == 0) reached += checkTree(instance);
    }
    assertEquals(elements.size(), reached, "element instances that no scope knows");
  }

  private int checkTree(ElementInstance scope) {
    checkTokens(scope);
    if (atRest) checkRest(scope);
    int reached = 1;
    long previous = 0;
    for (long key = scope.firstChild; key != 0; ) {
      ElementInstance child = elements.get(key);
      assertNotNull(child, () -> "child of " + scope.element().id());
      assertEquals(scope.key(), child.scopeKey());
      assertEquals(scope.processInstanceKey(), child.processInstanceKey());
      assertEquals(previous, child.previousSibling);
      reached += checkTree(child);
      previous = key;
      key = child.nextSibling;
    }
    assertEquals(previous, scope.lastChild);
    return reached;
  }

  private void checkTokens(ElementInstance scope) {
    int counted = 0;
    int[] countedTokens = scope.attachments().countedTokens;
    for (int i = 0; i < countedTokens.length; i += 2) {
      int tokens = countedTokens[i + 1];
      assertTrue(tokens > 0, () -> "tokens at a join in " + scope.element().id());
      counted += tokens;
    }
    assertTrue(scope.tokens >= counted, () -> "tokens in " + scope.element().id());
    if (atRest)
      assertEquals(counted, scope.tokens, () -> "tokens on their way in " + scope.element().id());
  }

  private static void checkRest(ElementInstance instance) {
    switch (instance.state()) {
      case TERMINATING -> throw wrong(instance, "should have been terminated");
      case ACTIVATING, COMPLETING -> {
        if (instance.incidentKey() == 0) throw wrong(instance, "should go on");
      }
      case ACTIVATED -> {
        if (instance.incidentKey() != 0)
          throw wrong(instance, "has gone on in spite of an incident");
        boolean waits =
            switch (instance.element()) {
              case JobTask _ -> instance.jobKey() != 0;
              case IntermediateCatchEvent _, ReceiveTask _, EventBasedGateway _ ->
                  instance.isSubscribed();
              case Container _ -> !instance.isEmpty();
              default -> false;
            };
        if (!waits) throw wrong(instance, "waits for nothing");
      }
    }
  }

  private static AssertionError wrong(ElementInstance instance, String what) {
    return new AssertionError(instance.element().id() + " " + what);
  }
}
