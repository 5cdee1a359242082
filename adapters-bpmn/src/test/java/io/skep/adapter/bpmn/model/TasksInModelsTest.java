package io.skep.adapter.bpmn.model;

import static io.skep.adapter.bpmn.model.Files.built;
import static io.skep.adapter.bpmn.model.Files.element;
import static io.skep.adapter.bpmn.model.Files.process;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.skep.domain.engine.element.ElementType;
import io.skep.domain.engine.element.event.EndEvent;
import io.skep.domain.engine.element.task.JobTask;
import io.skep.domain.engine.element.task.PassThrough;
import io.skep.domain.engine.element.task.ScriptTask;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.StaticText;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tasks, and with what a worker gets their jobs.
class TasksInModelsTest {
  @Test
  void shouldReadJobTypeRetriesAndHeaders() {
    // when
    var task =
        element(
            process(
                built(
                    start ->
                        start
                            .serviceTask(
                                "task",
                                t ->
                                    t.zeebeJobType("42")
                                        .zeebeJobRetries("5")
                                        .zeebeTaskHeader("b", "= not an expression")
                                        .zeebeTaskHeader("says nothing", "")
                                        .zeebeTaskHeader("a", "say \"hi\"")
                                        .zeebeTaskHeader("empty", "")
                                        .zeebeTaskHeader("", "nameless"))
                            .done())),
            "task",
            JobTask.class);

    // then
    assertEquals("\"42\"", json(task.jobType()));
    assertEquals("5", json(task.retries()));
    assertEquals(
        "{\"b\":\"= not an expression\",\"a\":\"say \\\"hi\\\"\"}", task.headers().toString());
  }

  @Test
  void shouldTakeThreeRetriesUnlessTheModelSaysOtherwise() {
    // when
    var unsaid =
        process(built(start -> start.serviceTask("task", t -> t.zeebeJobType("work")).done()));
    var blank =
        process(
            built(
                start ->
                    start
                        .serviceTask("task", t -> t.zeebeJobType("work").zeebeJobRetries(""))
                        .done()));

    // then
    assertEquals("3", json(element(unsaid, "task", JobTask.class).retries()));
    assertEquals("3", json(element(blank, "task", JobTask.class).retries()));
  }

  @Test
  void shouldReadAScriptOfItsOwn() {
    // when
    var process =
        process(
            built(
                start ->
                    start
                        .scriptTask("sum", t -> t.zeebeExpression("a + 1").zeebeResultVariable("b"))
                        .done()));

    // then
    var task = element(process, "sum", ScriptTask.class);
    assertEquals("a + 1", task.script().text());
    assertEquals("b", task.resultVariable());
  }

  @Test
  void shouldTakeAKeywordWithinATargetPath() {
    // when
    var process =
        process(
            built(
                start ->
                    start
                        .serviceTask(
                            "task", t -> t.zeebeJobType("work").zeebeInputExpression("x", "sum.of"))
                        .done()));

    // then
    assertNotNull(element(process, "task", JobTask.class).node().inputs());
  }

  @ParameterizedTest
  @CsvSource({
    "sendTask, SEND_TASK",
    "scriptTask, SCRIPT_TASK",
    "businessRuleTask, BUSINESS_RULE_TASK"
  })
  void shouldReadOtherTasksWithAJobType(String name, ElementType type) {
    // when
    var process =
        process(
            Files.after(
                """
                <bpmn:%s id="next"><bpmn:extensionElements><zeebe:taskDefinition type="=kind" retries="=2" />
                  </bpmn:extensionElements></bpmn:%s>
                """
                    .formatted(name, name)));

    // then
    var task = element(process, "next", JobTask.class);
    assertEquals(type, task.type());
    assertEquals("kind", task.jobType().text());
  }

  @ParameterizedTest
  @CsvSource({
    "task, TASK",
    "manualTask, MANUAL_TASK",
    "intermediateThrowEvent, INTERMEDIATE_THROW_EVENT"
  })
  void shouldReadWhatPassesThrough(String name, ElementType type) {
    // when
    var process = process(Files.after("<bpmn:%s id=\"next\" />".formatted(name)));

    // then
    assertEquals(type, element(process, "next", PassThrough.class).type());
  }

  @Test
  void shouldIgnoreMappingsOfTasksThatPassThrough() {
    // when
    var process =
        process(
            built(
                start ->
                    start
                        .manualTask("manual")
                        .zeebeInputExpression("1", "a")
                        .zeebeOutputExpression("a + 1", "b")
                        .endEvent("end")
                        .zeebeOutputExpression("1", "c")
                        .done()));

    // then
    var manual = element(process, "manual", PassThrough.class);
    assertNull(manual.node().inputs());
    assertNull(manual.node().outputs());
    assertNotNull(element(process, "end", EndEvent.class).node().outputs());
  }

  private static String json(Expression expression) {
    return new String(((StaticText) expression).evaluate(null).json(), StandardCharsets.UTF_8);
  }
}
