package io.skep.domain.engine.incident;

import static io.skep.domain.engine.EngineFixture.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.FakeExpression;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentsTest {
  private final EngineFixture partition = new EngineFixture();

  private static Expression needing(String name) {
    return FakeExpression.of(
        "needs " + name,
        visible ->
            visible.has(name)
                ? EngineFixture.json("{\"out\":1}")
                : new Evaluation.Failure("there is no " + name, List.of("look for " + name)));
  }

  private static ModelBuilder failingInput() {
    return ModelBuilder.process("order")
        .start("start")
        .task("work")
        .inputs(needing("x"))
        .end("end");
  }

  @Test
  void shouldHoldAnElementThatCannotGetItsInputs() {
    // given
    partition.deploy(failingInput());
    long instance = partition.create("order");
    IncidentEvent.IncidentCreated incident = partition.incident();
    assertEquals(IncidentType.IO_MAPPING_ERROR, incident.type());
    assertEquals(
        "there is no x The evaluation reported the following warnings:\nlook for x",
        incident.message());
    assertEquals(partition.element("work").key(), incident.elementInstanceKey());

    // when
    partition.setVariables(instance, "{\"x\":2}");
    partition.trace();
    partition.resolve(incident.key());

    // then
    assertEquals(
        List.of(
            "INCIDENT work IO_MAPPING_ERROR RESOLVED",
            "VARIABLE out=1 CREATED",
            "JOB work CREATED",
            "SERVICE_TASK work ELEMENT_ACTIVATED"),
        partition.trace());
    partition.work("work");
    partition.assertNothingLeft();
  }

  @Test
  void shouldHoldAnElementThatCannotGiveItsOutputs() {
    // given
    partition.deploy(
        ModelBuilder.process("order").start("start").task("work").outputs(needing("y")).end("end"));
    long request = partition.createAwaiting("order", "{}");
    partition.complete(partition.activate("work"), "{\"z\":1}");
    assertEquals(IncidentType.IO_MAPPING_ERROR, partition.incident().type());

    // when
    partition.setVariables(partition.element("work").key(), "{\"y\":5}");
    partition.resolve(partition.incident().key());

    // then: results stay in the task, outputs leave it
    assertEquals("{\"y\":5,\"out\":1}", partition.resultOf(request));
    partition.assertNothingLeft();
  }

  @Test
  void shouldComeAgainIfNothingWasRepaired() {
    // given
    partition.deploy(failingInput());
    partition.create("order");
    long first = partition.incident().key();

    // when
    partition.resolve(first);

    // then
    assertNotEquals(first, partition.incident().key());
    assertRejected(Reason.NOT_FOUND, partition.resolve(first));
  }

  @Test
  void shouldEndWithItsElement() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .subProcess("sub")
            .start("inner-start")
            .task("work")
            .inputs(needing("x"))
            .endSubProcess()
            .interruptedBy("late", ModelBuilder.after("PT10S"))
            .end("late-end"));
    partition.create("order");
    long incident = partition.incident().key();

    // when
    partition.pass(Duration.ofSeconds(10));

    // then
    assertRejected(Reason.NOT_FOUND, partition.resolve(incident));
    partition.assertNothingLeft();
  }

  @Test
  void shouldHoldOneBranchOnly() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .parallel("fork")
            .task("held")
            .inputs(needing("x"))
            .parallel("join")
            .at("fork")
            .task("free")
            .to("join"));
    long instance = partition.create("order");

    // when
    partition.work("free");
    partition.setVariables(instance, "{\"x\":1}");
    partition.resolve(partition.incident().key());
    partition.work("held");

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldRefuseToResolveWhatIsNoIncident() {
    // given
    partition.deploy(failingInput());
    long instance = partition.create("order");

    // then
    assertRejected(Reason.NOT_FOUND, partition.resolve(instance));
    assertRejected(Reason.NOT_FOUND, partition.resolve(1));
  }
}
