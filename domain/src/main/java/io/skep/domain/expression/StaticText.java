package io.skep.domain.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.domain.json.Json;
import java.util.List;

/// A text of the model that is no expression. Reads as a number where it is one, else as a string.
public final class StaticText implements Expression {
  private final String text;
  private final Evaluation.Value value;

  private StaticText(String text, Evaluation.Value value) {
    this.text = text;
    this.value = value;
  }

  /// A text whose value is a number if it looks like one: what job retries take.
  public static StaticText of(String text) {
    return Json.isNumber(text)
        ? new StaticText(
            text, new Evaluation.Value(ValueType.NUMBER, text.getBytes(UTF_8), List.of()))
        : string(text);
  }

  /// A text that stays a string whatever it looks like.
  public static StaticText string(String text) {
    return new StaticText(
        text, new Evaluation.Value(ValueType.STRING, Json.quote(text), List.of()));
  }

  /// Whether it does not read as a number.
  public boolean isString() {
    return value.type() == ValueType.STRING;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public Evaluation.Value evaluate(EvaluationContext context) {
    return value;
  }
}
