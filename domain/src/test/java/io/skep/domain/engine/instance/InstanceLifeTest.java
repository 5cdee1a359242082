package io.skep.domain.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceLifeTest {
  private final EngineFixture partition = new EngineFixture();

  @Test
  void shouldRunFromStartToEndInOneTurn() {
    // given
    partition.deploy(ModelBuilder.process("order").start("start").pass("task").end("end"));
    partition.trace();

    // when
    long instance = partition.create("order", "{\"x\":1}");

    // then
    assertEquals(
        List.of(
            "VARIABLE x=1 CREATED",
            "INSTANCE_CREATED",
            "PROCESS order ELEMENT_ACTIVATING",
            "PROCESS order ELEMENT_ACTIVATED",
            "START_EVENT start ELEMENT_ACTIVATING",
            "START_EVENT start ELEMENT_ACTIVATED",
            "START_EVENT start ELEMENT_COMPLETING",
            "START_EVENT start ELEMENT_COMPLETED",
            "SEQUENCE_FLOW start-task SEQUENCE_FLOW_TAKEN",
            "MANUAL_TASK task ELEMENT_ACTIVATING",
            "MANUAL_TASK task ELEMENT_ACTIVATED",
            "MANUAL_TASK task ELEMENT_COMPLETING",
            "MANUAL_TASK task ELEMENT_COMPLETED",
            "SEQUENCE_FLOW task-end SEQUENCE_FLOW_TAKEN",
            "END_EVENT end ELEMENT_ACTIVATING",
            "END_EVENT end ELEMENT_ACTIVATED",
            "END_EVENT end ELEMENT_COMPLETING",
            "END_EVENT end ELEMENT_COMPLETED",
            "PROCESS order ELEMENT_COMPLETING",
            "PROCESS order ELEMENT_COMPLETED"),
        partition.trace());
    assertFalse(partition.isRunning(instance));
    partition.assertNothingLeft();
  }
}
