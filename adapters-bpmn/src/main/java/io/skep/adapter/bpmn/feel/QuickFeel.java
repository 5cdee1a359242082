package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.EvaluationContext;
import io.skep.domain.expression.ValueType;
import java.util.List;
import org.camunda.feel.syntaxtree.ParsedExpression;

/// An expression of the most frequent kind: evaluated on the JSON text itself where that gives just
/// what FEEL would give. Wherever FEEL would warn, convert or fail, it is left to FEEL, which is
/// not even loaded before.
abstract sealed class QuickFeel implements ParsedFeel permits QuickPath, QuickComparison {
  private final String text;

  /// Made when it is first needed. Several threads may make one each, which are alike.
  private FeelExpression full;

  QuickFeel(String text) {
    this.text = text;
  }

  /// The only variable that it looks at.
  abstract String variable();

  /// The result as canonical JSON, `null` to leave it to FEEL.
  abstract byte[] quick(EvaluationContext context);

  @Override
  public String text() {
    return text;
  }

  @Override
  public Evaluation evaluate(EvaluationContext context) {
    byte[] json = quick(context);
    return json == null
        ? full().evaluate(context)
        : new Evaluation.Value(type(json), json, List.of());
  }

  @Override
  public ParsedExpression syntax() {
    return full().syntax();
  }

  private FeelExpression full() {
    var known = full;
    if (known == null) full = known = FeelExpression.parsed(text);
    return known;
  }

  private static ValueType type(byte[] json) {
    return switch (json[0]) {
      case '{' -> ValueType.OBJECT;
      case '[' -> ValueType.ARRAY;
      case '"' -> ValueType.STRING;
      case 't', 'f' -> ValueType.BOOLEAN;
      case 'n' -> ValueType.NULL;
      default -> ValueType.NUMBER;
    };
  }
}
