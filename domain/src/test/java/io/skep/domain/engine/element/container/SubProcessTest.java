package io.skep.domain.engine.element.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.expression.FakeExpression;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubProcessTest {
  private final EngineFixture partition = new EngineFixture();

  @Test
  void shouldRunWhatLiesInIt() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .subProcess("sub")
            .start("inner-start")
            .pass("inner-task")
            .end("inner-end")
            .endSubProcess()
            .end("end"));
    partition.trace();

    // when
    partition.create("order");

    // then
    assertEquals(
        List.of(
            "SUB_PROCESS sub ELEMENT_ACTIVATING",
            "SUB_PROCESS sub ELEMENT_ACTIVATED",
            "START_EVENT inner-start ELEMENT_ACTIVATING",
            "START_EVENT inner-start ELEMENT_ACTIVATED",
            "START_EVENT inner-start ELEMENT_COMPLETING",
            "START_EVENT inner-start ELEMENT_COMPLETED",
            "SEQUENCE_FLOW inner-start-inner-task SEQUENCE_FLOW_TAKEN",
            "MANUAL_TASK inner-task ELEMENT_ACTIVATING",
            "MANUAL_TASK inner-task ELEMENT_ACTIVATED",
            "MANUAL_TASK inner-task ELEMENT_COMPLETING",
            "MANUAL_TASK inner-task ELEMENT_COMPLETED",
            "SEQUENCE_FLOW inner-task-inner-end SEQUENCE_FLOW_TAKEN",
            "END_EVENT inner-end ELEMENT_ACTIVATING",
            "END_EVENT inner-end ELEMENT_ACTIVATED",
            "END_EVENT inner-end ELEMENT_COMPLETING",
            "END_EVENT inner-end ELEMENT_COMPLETED",
            "SUB_PROCESS sub ELEMENT_COMPLETING",
            "SUB_PROCESS sub ELEMENT_COMPLETED",
            "SEQUENCE_FLOW sub-end SEQUENCE_FLOW_TAKEN"),
        partition.elementTrace().subList(7, 26));
    partition.assertNothingLeft();
  }

  @Test
  void shouldEndWithItsLastToken() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .subProcess("sub")
            .start("inner-start")
            .parallel("fork")
            .task("left")
            .at("fork")
            .task("right")
            .endSubProcess()
            .task("after"));
    partition.create("order");

    // when
    partition.work("left");

    // then
    assertTrue(partition.elements("after").isEmpty());

    // when
    partition.work("right");

    // then
    partition.work("after");
    partition.assertNothingLeft();
  }

  @Test
  void shouldKeepItsInputsInsideAndMapItsOutputs() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .subProcess("sub")
            .start("inner-start")
            .task("work")
            .endSubProcess()
            .inputs(FakeExpression.mapping("x", visible -> visible.number("total")))
            .outputs(FakeExpression.mapping("result", visible -> visible.number("x") + 1))
            .end("end"));

    // when
    long request = partition.createAwaiting("order", "{\"total\":5}");
    partition.complete(partition.activate("work"), "{\"lost\":true,\"x\":41}");

    // then
    assertEquals("{\"total\":5,\"lost\":true,\"result\":42}", partition.resultOf(request));
    partition.assertNothingLeft();
  }
}
