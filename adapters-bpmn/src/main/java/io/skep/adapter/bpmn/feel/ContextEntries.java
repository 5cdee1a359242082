package io.skep.adapter.bpmn.feel;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.camunda.feel.context.Context;
import org.camunda.feel.context.VariableProvider;

/// Goes over the entries of a context in the order in which they were written. The library's own
/// way loses it for more than four.
final class ContextEntries {
  private ContextEntries() {}

  /// @param visitor gets names and values; values may be [org.camunda.feel.syntaxtree.Val] or what
  ///   a mapper makes one of
  static void forEach(Context context, BiConsumer<String, Object> visitor) {
    VariableProvider provider = context.variableProvider();
    Set<String> seen = new HashSet<>();
    var names = provider.keys().iterator();
    while (names.hasNext()) {
      var name = names.next();
      if (!seen.add(name)) continue;
      var value = provider.getVariable(name);
      if (value.isDefined()) visitor.accept(name, value.get());
    }
  }
}
