package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.EvaluationContext;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.StaticText;
import io.skep.domain.expression.ValueType;
import io.skep.domain.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;

/// Mappings of the most frequent kind: whole variables from texts and [QuickFeel] that do not see
/// each other. What they give is put together as text; where one of them has to be left to FEEL,
/// all are.
final class QuickMappings implements Expression {
  private final List<Mapping> mappings;
  private final Supplier<FeelExpression> make;

  /// Made when it is first needed. Several threads may make one each, which are alike.
  private FeelExpression full;

  private QuickMappings(List<Mapping> mappings, Supplier<FeelExpression> make) {
    this.mappings = List.copyOf(mappings);
    this.make = make;
  }

  /// @param make gives the same mappings as one FEEL expression
  static Expression of(List<Mapping> mappings, Supplier<FeelExpression> make) {
    var targets = new HashSet<String>();
    for (var mapping : mappings) {
      if (!isQuick(mapping.source(), targets)) return make.get();
      if (mapping.path().size() > 1 || !targets.add(mapping.path().getFirst())) return make.get();
    }
    return new QuickMappings(mappings, make);
  }

  private static boolean isQuick(Expression source, HashSet<String> earlierTargets) {
    return switch (source) {
      case StaticText _ -> true;
      case QuickFeel quick -> !earlierTargets.contains(quick.variable());
      default -> false;
    };
  }

  @Override
  public String text() {
    return full().text();
  }

  @Override
  public Evaluation evaluate(EvaluationContext context) {
    var object = new JsonObject.Builder();
    for (var mapping : mappings) {
      byte[] value =
          mapping.source() instanceof QuickFeel quick
              ? quick.quick(context)
              : ((StaticText) mapping.source()).evaluate(context).json();
      if (value == null) return full().evaluate(context);
      object.append(mapping.path().getFirst(), value);
    }
    return new Evaluation.Value(ValueType.OBJECT, object.build().text(), List.of());
  }

  private FeelExpression full() {
    var known = full;
    if (known == null) full = known = make.get();
    return known;
  }
}
