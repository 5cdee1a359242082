package io.skep.domain.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.expression.FakeExpression;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is too much for one turn goes on in later ones.
class FollowUpBoundTest {
  private static final int BRANCHES = 5_000;

  private final EngineFixture partition = new EngineFixture();

  private static ModelBuilder fork(String id) {
    return ModelBuilder.process(id).start("start").parallel("fork");
  }

  private static ModelBuilder tasks(ModelBuilder model) {
    return tasks(model, BRANCHES);
  }

  private static ModelBuilder tasks(ModelBuilder model, int branches) {
    for (int i = 0; i < branches; i++) model.at("fork").task("t" + i).type("work");
    return model;
  }

  @Test
  void shouldGoOnWithAForkOfManyBranches() {
    // given
    ModelBuilder model = fork("order");
    for (int i = 0; i < BRANCHES; i++) model.at("fork").pass("p" + i);
    partition.deploy(model);

    // when
    long request = partition.createAwaiting("order", "{}");

    // then
    assertTrue(partition.engine().hasBacklog());

    // when
    int turns = partition.settle();

    // then: entering and leaving each branch are two steps
    assertTrue(turns >= 2 * BRANCHES / Engine.MAX_FOLLOW_UPS, "turns: " + turns);
    assertEquals("{}", partition.resultOf(request));
    partition.assertNothingLeft();
  }

  @Test
  void shouldAnswerTheCreatorBeforeAllIsDone() {
    // given
    partition.deploy(tasks(fork("order")));

    // when
    long instance = partition.create("order");

    // then
    assertTrue(partition.isRunning(instance));
    assertTrue(partition.engine().hasBacklog());
    partition.settle();
    assertEquals(BRANCHES, partition.state().jobs().size());
  }

  @Test
  void shouldServeOthersMeanwhile() {
    // given
    partition.deploy(tasks(fork("order")));
    partition.deploy(ModelBuilder.process("small").start("start").task("other").end("end"));
    partition.create("order");

    // when
    long small = partition.create("small");
    partition.work("other");

    // then
    assertFalse(partition.isRunning(small));
    assertTrue(partition.engine().hasBacklog());
  }

  @Test
  void shouldTerminateManyBranches() {
    // given
    partition.deploy(tasks(fork("order")));
    long instance = partition.create("order");
    partition.settle();

    // when
    partition.cancel(instance);

    // then
    assertTrue(partition.engine().hasBacklog());
    EngineFixture.assertRejected(Rejection.Reason.NOT_FOUND, partition.cancel(instance));
    partition.settle();
    partition.assertNothingLeft();
  }

  @Test
  void shouldTerminateAnInstanceWhoseLastBranchesAreDoneMeanwhile() {
    // given
    int branches = Engine.MAX_FOLLOW_UPS + 10;
    partition.deploy(tasks(fork("order"), branches));
    long instance = partition.create("order");
    partition.settle();
    List<ActivatedJob> jobs = partition.activate("work", branches);
    partition.cancel(instance);

    // when: the turn of these to be terminated has not come
    for (ActivatedJob job : jobs) {
      if (partition.state().jobs().get(job.key()) != null) partition.complete(job, "{}");
    }
    partition.settle();

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldCancelAnInstanceThatIsStillBeingEntered() {
    // given
    partition.deploy(tasks(fork("order")));
    long instance = partition.create("order");

    // when
    partition.cancel(instance);
    partition.settle();

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldInterruptASubProcessThatIsStillBeingEntered() {
    // given
    ModelBuilder model =
        ModelBuilder.process("order")
            .start("start")
            .subProcess("sub")
            .start("inner-start")
            .parallel("fork");
    tasks(model).endSubProcess().interruptedBy("late", ModelBuilder.after("PT1S")).task("instead");
    partition.deploy(model);
    partition.create("order");

    // when
    partition.pass(Duration.ofSeconds(1));
    partition.settle();

    // then
    partition.work("instead");
    partition.assertNothingLeft();
  }

  @Test
  void shouldTerminateAScopeWhoseLastChildIsRepairedMeanwhile() {
    // given: an incident holds the only child of a sub-process
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .subProcess("sub")
            .start("inner-start")
            .exclusive("choice")
            .when(FakeExpression.of("ok", visible -> visible.has("ok") ? true : null))
            .pass("a")
            .endSubProcess()
            .interruptedBy("late", ModelBuilder.after("PT1S"))
            .task("instead"));
    long instance = partition.create("order", "{}");
    partition.setVariables(instance, "{\"ok\":true}");
    partition.limitFollowUps(1);
    partition.pass(Duration.ofSeconds(1));
    assertTrue(partition.engine().hasBacklog());

    // when: its turn to be terminated has not come
    partition.resolve(partition.incident().key());
    partition.settle();

    // then
    partition.work("instead");
    partition.settle();
    partition.assertNothingLeft();
  }
}
