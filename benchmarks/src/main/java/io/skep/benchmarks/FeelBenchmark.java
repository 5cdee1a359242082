package io.skep.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.adapter.bpmn.feel.Feel;
import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.EvaluationContext;
import io.skep.domain.expression.Expression;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Conditions as they stand at gateways.
@State(Scope.Thread)
public class FeelBenchmark {
  private static final EvaluationContext CONTEXT =
      new EvaluationContext() {
        private final Map<String, byte[]> variables =
            Map.of(
                "amount", "120".getBytes(UTF_8),
                "items", "[{\"price\":10},{\"price\":110}]".getBytes(UTF_8));

        @Override
        public byte[] variable(String name) {
          return variables.get(name);
        }

        @Override
        public long nowMs() {
          return 0;
        }

        @Override
        public long nextRandom() {
          return 0;
        }
      };

  private Expression comparison;
  private Expression list;

  @Setup
  public void parse() throws Exception {
    comparison = Feel.parse("amount > 100");
    list = Feel.parse("some item in items satisfies item.price > 100");
    for (Expression expression : new Expression[] {comparison, list}) {
      if (expression.evaluate(CONTEXT) instanceof Evaluation.Failure failure) {
        throw new IllegalStateException(failure.toString());
      }
    }
  }

  /// The most frequent kind, which needs no FEEL engine.
  @Benchmark
  public Evaluation comparison() {
    return comparison.evaluate(CONTEXT);
  }

  @Benchmark
  public Evaluation list() {
    return list.evaluate(CONTEXT);
  }
}
