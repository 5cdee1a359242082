package io.skep.domain.engine;

import static io.skep.domain.engine.EngineFixture.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.element.ElementCommand.ContinueFollowUps;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.FakeExpression;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A bug in one turn harms nothing but what the turn was to do.
class FaultTest {
  private final EngineFixture partition = new EngineFixture();

  /// A bug that is there as long as the variable `bug` is not `false`.
  private static Expression faultyUnlessRepaired() {
    return FakeExpression.of(
        "bug",
        visible -> {
          if (visible.has("bug")) throw new IllegalStateException("a bug in an expression");
          return EngineFixture.json("{}");
        });
  }

  @Test
  void shouldUndoTheTurnOfAFaultCompletely() {
    // given: the fault comes after variables, elements, jobs and timers have been made
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .parallel("fork")
            .pass("longer")
            .pass("still-longer")
            .outputs(FakeExpression.faulty())
            .at("fork")
            .task("work")
            .interruptedBy("late", ModelBuilder.after("PT10S"))
            .end("late-end"));
    long before = partition.digest();
    long position = partition.engine().position();

    // when
    EngineFixture.Step step = partition.process(EngineFixture.createCommand("order", "{\"x\":1}"));

    // then
    assertRejected(Reason.PROCESSING_ERROR, step.answer());
    assertNotNull(step.fault());
    assertEquals(List.of(), step.events());
    assertEquals(before, partition.digest());
    assertEquals(position, partition.engine().position());
    assertEquals(Long.MAX_VALUE, partition.engine().nextDueAtMs());
    partition.assertNothingLeft();
  }

  @Test
  void shouldLetAJobBeDoneAgainAfterAFault() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .task("work")
            .outputs(faultyUnlessRepaired())
            .end("end"));
    partition.create("order");
    ActivatedJob job = partition.activate("work");
    long before = partition.digest();

    // when
    var complete = new CompleteJob(job.key(), EngineFixture.json("{\"bug\":true}"));
    assertRejected(Reason.PROCESSING_ERROR, partition.process(complete).answer());

    // then
    assertEquals(before, partition.digest());

    // when
    assertInstanceOf(Answer.Done.class, partition.complete(job, "{}"));

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldNotKeepOtherTimersFromFiring() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .timer("wait", ModelBuilder.after("PT10S"))
            .outputs(faultyUnlessRepaired())
            .end("end"));
    long good = partition.create("order");
    long bad = partition.create("order", "{\"bug\":true}");
    long alsoGood = partition.create("order");
    partition.setClock(EngineFixture.START_MS + 10_000);

    // when
    EngineFixture.Step step = partition.process(new TriggerDue());

    // then
    assertNotNull(step.fault());
    assertFalse(partition.isRunning(good));
    assertFalse(partition.isRunning(alsoGood));
    assertTrue(partition.isRunning(bad));
    assertTrue(
        partition.engine().nextDueAtMs() > partition.nowMs(), "it is not tried again at once");

    // when: the same again later
    partition.pass(Duration.ofMinutes(2));

    // then
    assertTrue(partition.isRunning(bad));
    partition.cancel(bad);
    partition.assertNothingLeft();
  }

  @Test
  void shouldLeaveOutOneOfManyFollowUps() {
    // given: one branch of many has a bug, in what is left for a second turn
    ModelBuilder model = ModelBuilder.process("order").start("start").parallel("fork");
    model.at("fork").pass("bad").outputs(FakeExpression.faulty());
    int branches = Engine.MAX_FOLLOW_UPS + 200;
    for (int i = 0; i < branches; i++) model.at("fork").task("t" + i).type("work");
    partition.deploy(model);
    long instance = partition.create("order");
    assertTrue(partition.engine().hasBacklog());

    // when
    EngineFixture.Step step = partition.process(new ContinueFollowUps());

    // then
    assertNotNull(step.fault());
    assertEquals(branches, partition.state().jobs().size());
    partition.settle();
    assertTrue(partition.isRunning(instance));
  }
}
