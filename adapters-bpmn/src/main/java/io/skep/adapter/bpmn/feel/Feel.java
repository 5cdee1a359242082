package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.Expression;
import java.util.List;

/// The expression language of BPMN models. Nothing of it is loaded before the first expression is
/// read.
public final class Feel {
  private Feel() {}

  /// @param text FEEL without the leading `=`
  /// @throws FeelSyntaxException if it cannot be evaluated
  public static Expression parse(String text) throws FeelSyntaxException {
    var quick = QuickGrammar.parse(text);
    return quick != null ? quick : FeelExpression.parse(text);
  }

  /// One expression that gives an object of local variables.
  public static Expression inputs(List<Mapping> mappings) {
    return QuickMappings.of(
        mappings, () -> new FeelExpression(MappingTree.of(mappings).overwriting()));
  }

  /// One expression that gives an object of variables for the outer scopes. A target within a
  /// variable leaves the rest of it alone; within one that is neither an object nor null it makes
  /// the variable null.
  public static Expression outputs(List<Mapping> mappings) {
    return QuickMappings.of(mappings, () -> new FeelExpression(MappingTree.of(mappings).merging()));
  }
}
