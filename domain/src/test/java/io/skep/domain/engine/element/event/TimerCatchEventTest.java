package io.skep.domain.engine.element.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.domain.expression.FakeExpression;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerCatchEventTest {
  private final EngineFixture partition = new EngineFixture();

  private static ModelBuilder waiting(TimerDefinition timer) {
    return ModelBuilder.process("order").start("start").timer("wait", timer).end("end");
  }

  @Test
  void shouldGoOnWhenItsTimeHasCome() {
    // given
    partition.deploy(waiting(ModelBuilder.after("PT10S")));
    partition.trace();
    long instance = partition.create("order");
    assertEquals(
        List.of(
            "INTERMEDIATE_CATCH_EVENT wait ELEMENT_ACTIVATING",
            "TIMER wait CREATED",
            "INTERMEDIATE_CATCH_EVENT wait ELEMENT_ACTIVATED"),
        partition.trace().reversed().subList(0, 3).reversed());
    assertEquals(EngineFixture.START_MS + 10_000, partition.engine().nextDueAtMs());

    // when
    partition.pass(Duration.ofMillis(9_999));
    partition.process(new TriggerDue());

    // then
    assertTrue(partition.isRunning(instance));

    // when
    partition.trace();
    partition.pass(Duration.ofMillis(1));

    // then
    assertEquals(
        List.of(
            "TIMER wait TRIGGERED",
            "INTERMEDIATE_CATCH_EVENT wait ELEMENT_COMPLETING",
            "INTERMEDIATE_CATCH_EVENT wait ELEMENT_COMPLETED",
            "SEQUENCE_FLOW wait-end SEQUENCE_FLOW_TAKEN"),
        partition.trace().subList(0, 4));
    assertFalse(partition.isRunning(instance));
    partition.assertNothingLeft();
  }

  @Test
  void shouldGoOnAtOnceIfTheDateHasPassed() {
    // given
    partition.deploy(waiting(ModelBuilder.on("2020-01-01T00:00:00+01:00")));

    // when
    partition.create("order");
    partition.process(new TriggerDue());

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldGoOnAtOnceIfThereIsNoTimeLeft() {
    // given
    partition.deploy(waiting(ModelBuilder.after("PT0S")));

    // when
    partition.create("order");
    partition.process(new TriggerDue());

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldTriggerTheEarliestFirst() {
    // given
    partition.deploy(waiting(ModelBuilder.after(FakeExpression.variable("wait"))));
    long late = partition.create("order", "{\"wait\":\"PT20S\"}");
    long early = partition.create("order", "{\"wait\":\"PT10S\"}");

    // when
    partition.pass(Duration.ofSeconds(15));

    // then
    assertFalse(partition.isRunning(early));
    assertTrue(partition.isRunning(late));
  }

  @Test
  void shouldMapOutputs() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .timer("wait", ModelBuilder.after("PT1S"))
            .outputs(FakeExpression.mapping("waited", _ -> true)));
    long request = partition.createAwaiting("order", "{}");

    // when
    partition.pass(Duration.ofSeconds(1));

    // then
    assertEquals("{\"waited\":true}", partition.resultOf(request));
  }

  @Test
  void shouldStopAtADurationOfTheWrongKindUntilItIsRepaired() {
    // given
    partition.deploy(waiting(ModelBuilder.after(FakeExpression.variable("wait"))));
    long instance = partition.create("order", "{\"wait\":5}");
    assertEquals(IncidentType.EXTRACT_VALUE_ERROR, partition.incident().type());
    assertEquals(Long.MAX_VALUE, partition.engine().nextDueAtMs());

    // when
    partition.setVariables(instance, "{\"wait\":\"soon\"}");
    partition.resolve(partition.incident().key());

    // then
    assertEquals(IncidentType.EXTRACT_VALUE_ERROR, partition.incident().type());
    assertTrue(partition.incident().message().contains("wait"), partition.incident()::message);

    // when
    partition.setVariables(instance, "{\"wait\":\"PT0S\"}");
    partition.resolve(partition.incident().key());
    partition.process(new TriggerDue());

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldForgetTheTimerOfACancelledInstance() {
    // given
    partition.deploy(waiting(ModelBuilder.after("PT1H")));
    long instance = partition.create("order");

    // when
    partition.trace();
    partition.cancel(instance);

    // then
    assertTrue(partition.trace().contains("TIMER wait CANCELED"));
    partition.assertNothingLeft();
  }

  @Test
  void shouldTriggerMoreThanOneTurnSeesTo() {
    // given
    ModelBuilder model = ModelBuilder.process("order").start("start").parallel("fork");
    for (int i = 0; i < 65; i++) model.at("fork").timer("t" + i, ModelBuilder.after("PT1S"));
    partition.deploy(model);
    partition.create("order");
    partition.setClock(EngineFixture.START_MS + 1_000);

    // when
    partition.process(new TriggerDue());

    // then
    assertEquals(1, partition.state().timers().size());
    assertTrue(partition.engine().nextDueAtMs() <= partition.nowMs(), "the rest is due at once");

    // when
    partition.process(new TriggerDue());

    // then
    partition.assertNothingLeft();
  }
}
