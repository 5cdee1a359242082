package io.skep.domain.engine.message;

import static io.skep.domain.engine.ModelBuilder.message;
import static io.skep.domain.engine.message.MessageModels.accompanied;
import static io.skep.domain.engine.message.MessageModels.interrupted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.element.event.MessageDefinition;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.FakeExpression;
import io.skep.domain.expression.StaticText;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Elements that wait for messages.
class WaitingElementsTest {
  private final EngineFixture partition = new EngineFixture();

  @Test
  void shouldCloseTheSubscriptionWithTheTask() {
    // given
    partition.deploy(interrupted());
    partition.create("order", "{\"id\":\"1\"}");
    assertEquals(1, partition.state().messageSubscriptions().size());

    // when
    partition.work("work");

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldTakeManyWithoutInterruption() {
    // given
    partition.deploy(accompanied());
    long instance = partition.create("order", "{\"id\":\"1\"}");

    // when
    for (int i = 1; i <= 3; i++) partition.publish("asked", "1", "{\"n\":" + i + "}");

    // then
    assertEquals(3, partition.activate("answer", 10).size());
    assertEquals("{\"id\":\"1\",\"n\":3}", partition.variables(instance));
    assertEquals(1, partition.elements("work").size());

    // when
    partition.cancel(instance);
    partition.pass(Duration.ofHours(1));

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldInterruptWithTheVariablesOfTheMessage() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .task("work")
            .interruptedBy("cancelled", message("cancelled", "id"))
            .outputs(FakeExpression.mapping("note", visible -> visible.number("by") + 1))
            .task("handle")
            .end("cancelled-end")
            .at("work")
            .end("end"));
    long instance = partition.create("order", "{\"id\":\"1\"}");
    partition.trace();

    // when
    partition.publish("cancelled", "1", "{\"by\":7}");

    // then
    List<String> trace = partition.trace();
    assertEquals(
        List.of(
            "BOUNDARY_EVENT cancelled ELEMENT_ACTIVATING",
            "BOUNDARY_EVENT cancelled ELEMENT_ACTIVATED",
            "VARIABLE by=7 CREATED",
            "BOUNDARY_EVENT cancelled ELEMENT_COMPLETING",
            "VARIABLE note=8 CREATED"),
        trace.subList(
            trace.indexOf("BOUNDARY_EVENT cancelled ELEMENT_ACTIVATING"),
            trace.indexOf("BOUNDARY_EVENT cancelled ELEMENT_ACTIVATING") + 5));
    assertEquals("{\"id\":\"1\",\"note\":8}", partition.variables(instance));
    assertEquals(List.of(), partition.elements("work"));
  }

  @Test
  void shouldWaitInAReceiveTaskWithItsBoundaryEvents() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .receive("wait", message("paid", "id"))
            .accompaniedBy("late", ModelBuilder.after("PT10S"))
            .task("remind")
            .end("reminded")
            .at("wait")
            .end("end"));
    long instance = partition.create("order", "{\"id\":\"1\"}");
    partition.pass(Duration.ofSeconds(10));

    // when
    partition.work("remind");
    partition.publish("paid", "1", "{\"amount\":1}");

    // then
    assertFalse(partition.isRunning(instance));
  }

  @Test
  void shouldStopAtANameThatIsNone() {
    // given
    Expression name = FakeExpression.variable("name");
    var definition = new MessageDefinition(name, StaticText.string("k"));
    partition.deploy(
        ModelBuilder.process("order").start("start").waitFor("wait", definition).end("end"));
    long instance = partition.create("order", "{}");
    assertEquals(IncidentType.EXTRACT_VALUE_ERROR, partition.incident().type());

    // when
    partition.setVariables(instance, "{\"name\":\"paid\"}");
    partition.resolve(partition.incident().key());
    partition.publish("paid", "k", "{}");

    // then
    assertFalse(partition.isRunning(instance));
  }

  @Test
  void shouldMapWhatTheMessageBrings() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .waitFor("wait", message("paid", "id"))
            .outputs(FakeExpression.mapping("twice", visible -> 2 * visible.number("amount")))
            .end("end"));
    partition.publish("paid", "1", "{\"amount\":21,\"noise\":1}");

    // when
    long result = partition.createAwaiting("order", "{\"id\":\"1\"}");

    // then
    assertEquals("{\"id\":\"1\",\"twice\":42}", partition.resultOf(result));
  }
}
