package io.skep.adapter.bpmn.model;

import io.skep.adapter.bpmn.feel.Feel;
import io.skep.adapter.bpmn.feel.FeelSyntaxException;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.StaticText;
import java.util.function.Function;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/// Makes expressions of texts in a model. Text that begins with `=` is FEEL, other text stands for
/// itself.
final class Expressions {
  /// Takes the place of an expression that could not be read, so that further problems are found.
  private static final Expression MISSING = StaticText.string("");

  private final Problems problems;

  Expressions(Problems problems) {
    this.problems = problems;
  }

  /// FEEL, or a text that is a number if it looks like one.
  Expression numberOr(String text, ModelElementInstance element) {
    return read(text, element, StaticText::of);
  }

  /// FEEL, or a text.
  Expression textOr(String text, ModelElementInstance element) {
    return read(text, element, StaticText::string);
  }

  /// FEEL only.
  Expression feel(String text, ModelElementInstance element) {
    return read(
        text,
        element,
        given -> {
          problems.add(
              element,
              "Expected expression but found static value '%s'. An expression must start with '=' (e.g. '=%s')."
                  .formatted(given, given));
          return MISSING;
        });
  }

  private Expression read(
      String text, ModelElementInstance element, Function<String, Expression> otherwise) {
    if (text == null || text.isBlank() || text.startsWith("=") && text.substring(1).isBlank()) {
      problems.add(element, "Expected expression but not found.");
      return MISSING;
    }
    if (!text.startsWith("=")) return otherwise.apply(text);
    try {
      return Feel.parse(text.substring(1));
    } catch (FeelSyntaxException e) {
      problems.add(element, e.getMessage());
      return MISSING;
    }
  }
}
