package io.skep.adapter.bpmn.feel;

import java.util.ArrayDeque;
import org.camunda.feel.syntaxtree.Exp;
import scala.Product;
import scala.collection.Iterable;
import scala.collection.Iterator;

/// Measures how deep a syntax tree is, without going down on the stack.
final class SyntaxDepth {
  private record Visit(Object node, int depth) {}

  private SyntaxDepth() {}

  static boolean exceeds(Exp root, int limit) {
    var open = new ArrayDeque<Visit>();
    open.push(new Visit(root, 0));
    while (!open.isEmpty()) {
      var visit = open.pop();
      int depth = visit.node() instanceof Exp ? visit.depth() + 1 : visit.depth();
      if (depth > limit) return true;
      // Lists are products as well, of a head and a tail.
      Iterator<?> children =
          switch (visit.node()) {
            case Iterable<?> items -> items.iterator();
            case Product product -> product.productIterator();
            default -> null;
          };
      while (children != null && children.hasNext()) {
        Object child = children.next();
        if (child instanceof Product || child instanceof Iterable<?>)
          open.push(new Visit(child, depth));
      }
    }
    return false;
  }
}
