package io.skep.adapter.bpmn.model;

import static io.skep.adapter.bpmn.model.Files.built;
import static io.skep.adapter.bpmn.model.Files.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.model.bpmn.builder.ServiceTaskBuilder;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Expressions and times that a deployment refuses.
class ExpressionsInModelsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "=x +|a|failed to parse expression 'x +': Expected",
        "=x|a b|Expected path expression 'a b' but doesn't match the pattern",
        "=x||Expected path expression but not found.",
        "=x|a..b|Expected path expression 'a..b' but doesn't match the pattern",
        "=x|b-c.2|Expected path expression 'b-c.2' but doesn't match the pattern",
        "=x|null|Expected path expression 'null' but is one of the reserved words",
        "=x|not|Expected path expression 'not' but is one of the reserved words",
        "=|a|Expected expression but not found.",
        "= |a|Expected expression but not found.",
        "``|a|Expected expression but not found.",
      })
  void shouldRefuseInvalidInputs(String source, String target, String problem) {
    // when
    var problems = problems(task(t -> t.zeebeInput(source, target == null ? "" : target)));

    // then
    assertTrue(
        problems.startsWith(
            "- Element: task > extensionElements > ioMapping > input\n    - ERROR: " + problem),
        problems);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x | Expected expression but found static value 'x'. An expression must start with '=' (e.g. '=x').",
        "= | Expected expression but not found.",
      })
  void shouldRefuseInvalidOutputs(String source, String problem) {
    // when
    var problems = problems(task(t -> t.zeebeOutput(source, "a")));

    // then
    assertEquals(
        "- Element: task > extensionElements > ioMapping > output\n    - ERROR: " + problem + "\n",
        problems);
  }

  @Test
  void shouldRefuseInvalidJobTypesAndRetries() {
    // when
    var problems =
        problems(task(t -> t.zeebeJobTypeExpression("a b c").zeebeJobRetriesExpression("if then")));

    // then
    assertTrue(
        problems.startsWith("- Element: task > extensionElements > taskDefinition\n"), problems);
    assertTrue(problems.contains("failed to parse expression 'a b c'"), problems);
    assertTrue(problems.contains("failed to parse expression 'if then'"), problems);
  }

  @Test
  void shouldRefuseInvalidConditions() {
    // when
    var problems =
        problems(
            built(
                start ->
                    start.exclusiveGateway("choice").condition("total > 1").endEvent().done()));

    // then
    assertTrue(problems.startsWith("- Element: conditionExpression_"), problems);
    assertTrue(
        problems.contains("Expected expression but found static value 'total > 1'."), problems);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "1000", "PT", "P", "R/PT1S"})
  void shouldRefuseInvalidDurations(String duration) {
    // when
    var problems =
        problems(
            built(
                start ->
                    start
                        .intermediateCatchEvent("wait", c -> c.timerWithDuration(duration))
                        .done()));

    // then
    assertTrue(
        problems.startsWith("- Element: wait\n    - ERROR: Invalid timer duration expression ("),
        problems);
  }

  @ParameterizedTest
  @ValueSource(strings = {"today", "2024-01-01T00:00:00", "PT1H"})
  void shouldRefuseInvalidDates(String date) {
    // when
    var problems =
        problems(
            built(
                start -> start.intermediateCatchEvent("wait", c -> c.timerWithDate(date)).done()));

    // then
    assertTrue(
        problems.startsWith("- Element: wait\n    - ERROR: Invalid timer date expression ("),
        problems);
  }

  @ParameterizedTest
  @ValueSource(strings = {"R/PT", "PT1H", "every day", "R3"})
  void shouldRefuseInvalidCycles(String cycle) {
    // when
    var problems =
        problems(
            task(
                t ->
                    t.boundaryEvent("again", b -> b.cancelActivity(false).timerWithCycle(cycle))
                        .endEvent()));

    // then
    assertTrue(
        problems.startsWith("- Element: again\n    - ERROR: Invalid timer cycle expression ("),
        problems);
  }

  @Test
  void shouldRefuseTimersThatAreNoExpression() {
    // when
    var problems =
        problems(
            built(
                start ->
                    start
                        .intermediateCatchEvent("wait", c -> c.timerWithDuration("= 1 +"))
                        .done()));

    // then
    assertTrue(problems.contains("failed to parse expression ' 1 +'"), problems);
  }

  @Test
  void shouldRefuseCyclesWhereTheEventComesOnce() {
    // when
    var caught =
        problems(
            built(
                start ->
                    start.intermediateCatchEvent("wait", c -> c.timerWithCycle("R3/PT1S")).done()));
    var interrupting =
        problems(task(t -> t.boundaryEvent("late", b -> b.timerWithCycle("R3/PT1S")).endEvent()));

    // then
    assertTrue(
        caught.contains(
            "Intermediate timer catch event must have either a time duration or a time date."),
        caught);
    assertTrue(
        interrupting.contains("Interrupting timer event with time cycle is not allowed."),
        interrupting);
  }

  private static byte[] task(Consumer<ServiceTaskBuilder> more) {
    return built(
        start -> {
          var task = start.serviceTask("task", t -> t.zeebeJobType("work"));
          more.accept(task);
          return task.done();
        });
  }
}
