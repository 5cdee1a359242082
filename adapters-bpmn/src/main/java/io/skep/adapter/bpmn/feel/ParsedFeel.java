package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.Expression;
import org.camunda.feel.syntaxtree.ParsedExpression;

/// An expression whose syntax tree is known, however it is evaluated.
interface ParsedFeel extends Expression {

  /// Its tree, together with the text that failures quote.
  ParsedExpression syntax();

  @Override
  default String text() {
    return syntax().text();
  }
}
