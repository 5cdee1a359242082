package io.skep.domain.engine.element.task;

import static io.skep.domain.engine.EngineFixture.TENANT;
import static io.skep.domain.engine.EngineFixture.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.expression.FakeExpression;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceTaskTest {
  private final EngineFixture partition = new EngineFixture();

  @Test
  void shouldOfferAJobAndGoOnWhenItIsDone() {
    // given
    var definition =
        partition.deploy(
            ModelBuilder.process("order")
                .start("start")
                .task("task")
                .type("work")
                .headers("{\"h\":\"1\"}")
                .end("end"));
    long instance = partition.create("order", "{\"total\":42}");
    partition.trace();

    // when
    ActivatedJob job = partition.activate("work");

    // then
    assertEquals(
        new ActivatedJob(
            job.key(),
            "work",
            instance,
            "order",
            1,
            definition.key(),
            "task",
            partition.element("task").key(),
            json("{\"h\":\"1\"}"),
            "worker",
            3,
            EngineFixture.START_MS + 300_000,
            json("{\"total\":42}"),
            TENANT),
        job);

    // when
    partition.trace();
    Answer answer = partition.complete(job, "{\"paid\":true}");

    // then
    assertEquals(new Answer.Done(job.key()), answer);
    assertEquals(
        List.of(
            "JOB work COMPLETED",
            "SERVICE_TASK task ELEMENT_COMPLETING",
            "VARIABLE paid=true CREATED",
            "SERVICE_TASK task ELEMENT_COMPLETED",
            "SEQUENCE_FLOW task-end SEQUENCE_FLOW_TAKEN"),
        partition.trace().subList(0, 5));
    partition.assertNothingLeft();
  }

  @Test
  void shouldMapInputsBeforeTheJobAndOutputsAfterIt() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .task("work")
            .inputs(FakeExpression.mapping("local", visible -> visible.number("x") * 10))
            .outputs(
                FakeExpression.mapping(
                    "out", visible -> visible.number("local") + visible.number("y")))
            .end("end"));
    partition.trace();

    // when
    long request = partition.createAwaiting("order", "{\"x\":1}");

    // then
    assertEquals(
        List.of(
            "SERVICE_TASK work ELEMENT_ACTIVATING",
            "VARIABLE local=10 CREATED",
            "JOB work CREATED",
            "SERVICE_TASK work ELEMENT_ACTIVATED"),
        partition.trace().reversed().subList(0, 4).reversed());

    // when
    ActivatedJob job = partition.activate("work");
    assertEquals(json("{\"local\":10,\"x\":1}"), job.variables());
    partition.trace();
    partition.complete(job, "{\"y\":5}");

    // then
    assertEquals(
        List.of(
            "JOB work COMPLETED",
            "SERVICE_TASK work ELEMENT_COMPLETING",
            "VARIABLE y=5 CREATED",
            "VARIABLE out=15 CREATED",
            "SERVICE_TASK work ELEMENT_COMPLETED"),
        partition.trace().subList(0, 5));
    assertEquals("{\"x\":1,\"out\":15}", partition.resultOf(request));
  }

  @Test
  void shouldKeepResultsLocalThatHaveTheNameOfAnInput() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .task("work")
            .inputs(FakeExpression.mapping("local", visible -> visible.number("x")))
            .end("end"));
    long request = partition.createAwaiting("order", "{\"x\":1}");

    // when
    partition.complete(partition.activate("work"), "{\"fresh\":4,\"local\":2,\"x\":3}");

    // then
    assertEquals("{\"x\":3,\"fresh\":4}", partition.resultOf(request));
  }

  @Test
  void shouldEvaluateTypeAndRetries() {
    // given
    partition.deploy(computed());

    // when
    partition.create("order", "{\"type\":\"paper-work\",\"tries\":1.7}");
    partition.create("order", "{\"type\":\"paper-work\",\"tries\":0}");
    partition.create("order", "{\"type\":\"paper-work\",\"tries\":-3}");

    // then
    assertEquals(
        List.of(1, 0, -3),
        partition.activate("paper-work", 3).stream().map(ActivatedJob::retries).toList(),
        "cut to a whole number; jobs without retries are handed out all the same");
  }

  @Test
  void shouldStopAtATypeOrRetriesOfTheWrongKind() {
    // given
    partition.deploy(computed());

    // when
    partition.create("order", "{\"type\":1,\"tries\":1}");
    partition.create("order", "{\"type\":\"work\",\"tries\":\"3\"}");
    partition.create("order", "{\"tries\":1}");

    // then
    var incidents = partition.incidents();
    assertEquals(3, incidents.size());
    assertTrue(incidents.stream().allMatch(i -> i.type() == IncidentType.EXTRACT_VALUE_ERROR));
    assertEquals(
        "Expected result of the expression 'type' to be 'STRING', but was 'NUMBER'.",
        incidents.get(0).message());
    assertEquals(
        "Expected result of the expression 'tries' to be 'NUMBER', but was 'STRING'.",
        incidents.get(1).message());
    assertEquals(
        """
        Expected result of the expression 'type' to be 'STRING', but was 'NULL'. \
        The evaluation reported the following warnings:
        No variable found with name 'type'""",
        incidents.get(2).message());
    assertEquals(0, partition.state().jobs().size());
  }

  private static ModelBuilder computed() {
    return ModelBuilder.process("order")
        .start("start")
        .task("task")
        .type(FakeExpression.variable("type"))
        .retries(FakeExpression.variable("tries"))
        .end("end");
  }
}
