package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.EvaluationContext;
import io.skep.domain.json.JsonReader;
import java.util.HashMap;
import java.util.Map;
import org.camunda.feel.context.Context;
import org.camunda.feel.context.FunctionProvider;
import org.camunda.feel.context.VariableProvider;
import org.camunda.feel.syntaxtree.Val;
import scala.Option;
import scala.collection.Iterable;
import scala.collection.immutable.Nil$;

/// What one evaluation sees: the variables in scope, and functions that depend on the turn.
final class TurnScope implements Context, VariableProvider {
  /// FEEL goes down into values on the stack, and all replicas must come as far.
  static final int MAX_DEPTH = 200;

  private final EvaluationContext context;
  private final TurnFunctions functions;
  private final Map<String, Option<Object>> variables = new HashMap<>();

  TurnScope(EvaluationContext context) {
    this.context = context;
    this.functions = new TurnFunctions(context);
  }

  /// Ends the evaluation, with a text that the library puts into its failure.
  private static final class TooDeepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TooDeepException(String variable) {
      super(
          "Expected variable '%s' to have at most %d objects and lists within each other"
              .formatted(variable, MAX_DEPTH));
    }

    @Override
    public String toString() {
      return getMessage();
    }
  }

  /// Starts over, so that another evaluation gets what the first one got.
  void restart() {
    functions.restart();
  }

  @Override
  public VariableProvider variableProvider() {
    return this;
  }

  @Override
  public FunctionProvider functionProvider() {
    return functions;
  }

  @Override
  public Option<Object> getVariable(String name) {
    return variables.computeIfAbsent(name, this::read);
  }

  private Option<Object> read(String name) {
    byte[] json = context.variable(name);
    if (json == null) return Option.empty();
    if (new JsonReader(json).skip() > MAX_DEPTH) throw new TooDeepException(name);
    Val value = JsonValues.read(json);
    return Option.apply(value);
  }

  /// Names are asked for only when contexts are shown, and this one never is.
  @Override
  @SuppressWarnings("unchecked")
  public Iterable<String> keys() {
    return (Iterable<String>) (Object) Nil$.MODULE$;
  }
}
