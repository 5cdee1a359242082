package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.EvaluationContext;
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
  private final EvaluationContext context;
  private final TurnFunctions functions;
  private final Map<String, Option<Object>> variables = new HashMap<>();

  TurnScope(EvaluationContext context) {
    this.context = context;
    this.functions = new TurnFunctions(context);
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
