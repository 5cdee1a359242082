package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.syntaxtree.Val;

/// Evaluates syntax trees. Holds no state of an evaluation, so that all partitions share one
/// engine; it is made when the first expression is read, for that takes half a second.
final class Evaluator {
  private static final JsonValues VALUES = new JsonValues();
  private static final FeelEngineApi ENGINE =
      FeelEngineBuilder.create().withValueMapper(VALUES).build();

  private Evaluator() {}

  static Evaluation evaluate(ParsedExpression expression, EvaluationContext context) {
    var scope = new TurnScope(context);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return toEvaluation(ENGINE.evaluate(expression, scope));
        } catch (StackOverflowError e) {
          return new Evaluation.Failure(
              "failed to evaluate expression '%s': its values are nested too deeply"
                  .formatted(expression.text()),
              List.of());
        } catch (Throwable e) {
          // The library gives up when its thread is interrupted. Other replicas were not, and all
          // must agree: try again.
          if (!(e instanceof InterruptedException)) throw e;
          interrupted = true;
          scope.restart();
        }
      }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  private static Evaluation toEvaluation(EvaluationResult result) {
    var warnings = warnings(result);
    if (result.isFailure()) return new Evaluation.Failure(result.failure().message(), warnings);
    var value = (Val) result.result();
    return new Evaluation.Value(
        ValueWriter.type(value), ValueWriter.write(value, VALUES), warnings);
  }

  private static List<String> warnings(EvaluationResult result) {
    if (!result.hasSuppressedFailures()) return List.of();
    var warnings = new ArrayList<String>();
    result.getSuppressedFailures().forEach(failure -> warnings.add(failure.toString()));
    return List.copyOf(warnings);
  }
}
