package io.skep.domain.engine.element.event;

import static io.skep.domain.engine.EngineFixture.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.domain.expression.FakeExpression;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerBoundaryEventTest {
  private final EngineFixture partition = new EngineFixture();

  private static ModelBuilder task() {
    return ModelBuilder.process("order").start("start").task("work").end("end").at("work");
  }

  @Test
  void shouldTerminateTheActivityItInterrupts() {
    // given
    partition.deploy(task().interruptedBy("late", ModelBuilder.after("PT10S")).end("late-end"));
    partition.trace();
    partition.create("order");
    assertEquals(
        List.of(
            "SERVICE_TASK work ELEMENT_ACTIVATING",
            "TIMER late CREATED",
            "JOB work CREATED",
            "SERVICE_TASK work ELEMENT_ACTIVATED"),
        partition.trace().reversed().subList(0, 4).reversed());
    ActivatedJob job = partition.activate("work");

    // when
    partition.trace();
    partition.pass(Duration.ofSeconds(10));

    // then
    assertEquals(
        List.of(
            "TIMER work TRIGGERED",
            "EVENT_TRIGGERED",
            "SERVICE_TASK work ELEMENT_TERMINATING",
            "JOB work CANCELED",
            "SERVICE_TASK work ELEMENT_TERMINATED",
            "BOUNDARY_EVENT late ELEMENT_ACTIVATING",
            "BOUNDARY_EVENT late ELEMENT_ACTIVATED",
            "BOUNDARY_EVENT late ELEMENT_COMPLETING",
            "BOUNDARY_EVENT late ELEMENT_COMPLETED",
            "SEQUENCE_FLOW late-late-end SEQUENCE_FLOW_TAKEN"),
        partition.trace().subList(0, 10));
    assertRejected(Reason.NOT_FOUND, partition.complete(job, "{}"));
    partition.assertNothingLeft();
  }

  @Test
  void shouldLetTheActivityGoOnThatItDoesNotInterrupt() {
    // given
    partition.deploy(task().accompaniedBy("late", ModelBuilder.after("PT10S")).task("remind"));
    long request = partition.createAwaiting("order", "{}");

    // when
    partition.pass(Duration.ofSeconds(60));

    // then: once
    assertEquals(1, partition.activate("remind", 10).size());
    partition.work("work");
    assertEquals(null, partition.resultOf(request), "the reminder is still at work");
  }

  @Test
  void shouldFireAsOftenAsItsCycleSays() {
    // given
    partition.deploy(task().accompaniedBy("late", ModelBuilder.every("R3/PT10S")).task("remind"));
    partition.create("order");

    // then
    partition.pass(Duration.ofSeconds(10));
    assertEquals(1, partition.activate("remind", 10).size());
    partition.pass(Duration.ofSeconds(10));
    assertEquals(1, partition.activate("remind", 10).size());
    partition.pass(Duration.ofSeconds(100));
    assertEquals(1, partition.activate("remind", 10).size());
  }

  @Test
  void shouldFireForEverUntilTheActivityEnds() {
    // given
    partition.deploy(task().accompaniedBy("late", ModelBuilder.every("R/PT10S")).task("remind"));
    partition.create("order");

    // when
    partition.pass(Duration.ofSeconds(100));

    // then
    assertEquals(10, partition.elements("remind").size());

    // when
    partition.work("work");
    partition.pass(Duration.ofSeconds(100));

    // then
    assertEquals(10, partition.elements("remind").size());
    partition.work("remind");
    partition.assertNothingLeft();
  }

  @Test
  void shouldFireOnceIfItsCycleHasNoRepetitions() {
    // given
    partition.deploy(task().accompaniedBy("late", ModelBuilder.every("R0/PT10S")).task("remind"));
    partition.create("order");

    // when
    partition.pass(Duration.ofSeconds(100));

    // then
    assertEquals(1, partition.elements("remind").size());
    assertEquals(Long.MAX_VALUE, partition.engine().nextDueAtMs());
  }

  @Test
  void shouldNotDriftIfACycleIsSeenToLate() {
    // given
    partition.deploy(task().accompaniedBy("late", ModelBuilder.every("R/PT10S")).pass("remind"));
    partition.create("order");

    // when
    partition.setClock(EngineFixture.START_MS + 14_000);
    partition.process(new TriggerDue());

    // then
    assertEquals(EngineFixture.START_MS + 20_000, partition.engine().nextDueAtMs());
  }

  @Test
  void shouldStopWithTheActivity() {
    // given
    partition.deploy(task().interruptedBy("late", ModelBuilder.after("PT10S")).task("instead"));
    partition.create("order");

    // when
    partition.trace();
    partition.work("work");

    // then
    assertTrue(partition.trace().contains("TIMER work CANCELED"));
    partition.assertNothingLeft();
  }

  @Test
  void shouldLetTheFirstOfSeveralInterruptingEventsWin() {
    // given
    partition.deploy(
        task()
            .interruptedBy("later", ModelBuilder.after("PT20S"))
            .task("b")
            .at("work")
            .interruptedBy("sooner", ModelBuilder.after("PT10S"))
            .task("a"));
    partition.create("order");

    // when: both are due at once
    partition.setClock(EngineFixture.START_MS + 60_000);
    partition.process(new TriggerDue());

    // then
    assertEquals(1, partition.elements("a").size());
    assertEquals(0, partition.elements("b").size());
    partition.work("a");
    partition.assertNothingLeft();
  }

  @Test
  void shouldInterruptAfterItHasAccompanied() {
    // given
    partition.deploy(
        task()
            .accompaniedBy("first", ModelBuilder.after("PT10S"))
            .task("a")
            .at("work")
            .interruptedBy("then", ModelBuilder.after("PT20S"))
            .task("b"));
    partition.create("order");
    ActivatedJob job = partition.activate("work");

    // when
    partition.pass(Duration.ofSeconds(30));

    // then
    assertRejected(Reason.NOT_FOUND, partition.complete(job, "{}"));
    partition.work("b", "a");
    partition.assertNothingLeft();
  }

  @Test
  void shouldEndEverythingInsideASubProcess() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .subProcess("sub")
            .start("inner-start")
            .parallel("fork")
            .task("left")
            .at("fork")
            .subProcess("deeper")
            .start("deepest-start")
            .task("right")
            .endSubProcess()
            .endSubProcess()
            .end("end")
            .at("sub")
            .interruptedBy("late", ModelBuilder.after("PT10S"))
            .end("late-end"));
    partition.create("order");
    partition.trace();

    // when
    partition.pass(Duration.ofSeconds(10));

    // then
    assertEquals(
        List.of(
            "SUB_PROCESS sub ELEMENT_TERMINATING",
            "SUB_PROCESS deeper ELEMENT_TERMINATING",
            "SERVICE_TASK left ELEMENT_TERMINATING",
            "SERVICE_TASK left ELEMENT_TERMINATED",
            "SERVICE_TASK right ELEMENT_TERMINATING",
            "SERVICE_TASK right ELEMENT_TERMINATED",
            "SUB_PROCESS deeper ELEMENT_TERMINATED",
            "SUB_PROCESS sub ELEMENT_TERMINATED",
            "BOUNDARY_EVENT late ELEMENT_ACTIVATING"),
        partition.elementTrace().subList(0, 9));
    partition.assertNothingLeft();
  }

  @Test
  void shouldInterruptAnActivityThatAnIncidentHolds() {
    // given
    partition.deploy(
        task()
            .outputs(FakeExpression.failing("no result"))
            .interruptedBy("late", ModelBuilder.after("PT10S"))
            .task("instead"));
    partition.create("order");
    partition.work("work");
    long incident = partition.incident().key();
    assertEquals(IncidentType.IO_MAPPING_ERROR, partition.incident().type());

    // when
    partition.pass(Duration.ofSeconds(10));

    // then
    assertRejected(Reason.NOT_FOUND, partition.resolve(incident));
    partition.work("instead");
    partition.assertNothingLeft();
  }

  @Test
  void shouldWaitForAllOfItsTimersOrForNone() {
    // given
    partition.deploy(
        task()
            .interruptedBy("good", ModelBuilder.after("PT10S"))
            .end("good-end")
            .at("work")
            .interruptedBy("bad", ModelBuilder.after(FakeExpression.variable("wait")))
            .end("bad-end"));

    // when
    long instance = partition.create("order");

    // then
    assertEquals(IncidentType.EXTRACT_VALUE_ERROR, partition.incident().type());
    assertEquals(0, partition.state().timers().size());
    assertEquals(0, partition.state().jobs().size());

    // when
    partition.setVariables(instance, "{\"wait\":\"PT5S\"}");
    partition.resolve(partition.incident().key());

    // then
    assertEquals(2, partition.state().timers().size());
    assertEquals(1, partition.state().jobs().size());
  }
}
