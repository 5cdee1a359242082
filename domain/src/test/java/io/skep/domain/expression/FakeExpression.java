package io.skep.domain.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.domain.json.Json;
import io.skep.domain.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/// An expression whose meaning is a Java function: for tests that are about the engine, not about a
/// language.
///
/// @param meaning gives a Boolean, a Number, a String, a [JsonObject], an [Evaluation] or null
public record FakeExpression(String text, Function<Visible, Object> meaning) implements Expression {

  public static Expression of(String text, Function<Visible, Object> meaning) {
    return new FakeExpression(text, meaning);
  }

  /// The value of a variable; null with a warning if there is none.
  public static Expression variable(String name) {
    return of(name, visible -> visible.value(name));
  }

  /// A mapping of one variable.
  public static Expression mapping(String target, Function<Visible, Object> source) {
    return of(
        "{" + target + ": ...}",
        visible -> {
          byte[] json = ((Evaluation.Value) evaluationOf(source.apply(visible))).json();
          return JsonObject.of(List.of(target), List.of(json));
        });
  }

  public static Expression failing(String message) {
    return of("failing", _ -> new Evaluation.Failure(message, List.of()));
  }

  /// What no expression may do: a bug.
  public static Expression faulty() {
    return of(
        "faulty",
        _ -> {
          throw new IllegalStateException("a bug in an expression");
        });
  }

  @Override
  public Evaluation evaluate(EvaluationContext context) {
    return evaluationOf(meaning.apply(new Visible(context)));
  }

  private static Evaluation evaluationOf(Object result) {
    return switch (result) {
      case null -> value(ValueType.NULL, "null");
      case Evaluation evaluation -> evaluation;
      case Boolean truth -> value(ValueType.BOOLEAN, truth.toString());
      case Number number -> value(ValueType.NUMBER, number.toString());
      case String text -> new Evaluation.Value(ValueType.STRING, Json.quote(text), List.of());
      case JsonObject object -> new Evaluation.Value(ValueType.OBJECT, object.text(), List.of());
      default -> throw new IllegalArgumentException("Expected a value, but it is " + result);
    };
  }

  private static Evaluation value(ValueType type, String json) {
    return new Evaluation.Value(type, json.getBytes(UTF_8), List.of());
  }

  /// What an expression can see, for reading in Java.
  public record Visible(EvaluationContext context) {

    public boolean has(String name) {
      return context.variable(name) != null;
    }

    /// @throws NullPointerException if there is no such variable
    public long number(String name) {
      return Long.parseLong(new String(context.variable(name), UTF_8));
    }

    /// A number of 0 and more below the bound.
    public int random(int bound) {
      return (int) Math.floorMod(context.nextRandom(), (long) bound);
    }

    Evaluation value(String name) {
      byte[] json = context.variable(name);
      if (json == null) {
        return new Evaluation.Value(
            ValueType.NULL,
            Json.nullValue(),
            List.of("No variable found with name '%s'".formatted(name)));
      }
      return new Evaluation.Value(typeOf(json), json, List.of());
    }

    private static ValueType typeOf(byte[] json) {
      return switch (json[0]) {
        case 'n' -> ValueType.NULL;
        case 't', 'f' -> ValueType.BOOLEAN;
        case '"' -> ValueType.STRING;
        case '[' -> ValueType.ARRAY;
        case '{' -> ValueType.OBJECT;
        default -> ValueType.NUMBER;
      };
    }
  }
}
