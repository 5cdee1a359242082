package io.skep.domain.engine.timer;

import static io.skep.domain.engine.EngineFixture.START_MS;
import static io.skep.domain.engine.EngineFixture.TENANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.outbox.OutboxCommand.AcknowledgeMessages;
import io.skep.domain.engine.timer.DueIndex.Due;
import io.skep.domain.engine.timer.DueIndex.Kind;
import io.skep.domain.engine.timer.TimerCommand.PostponeDue;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever is due and meets a fault is seen to later, so that nobody tries it again and again.
class PostponedTest {
  private static final Duration A_MINUTE = Duration.ofMillis(Timers.POSTPONE_MS);

  private final EngineFixture partition = new EngineFixture();

  private ActivatedJob activatedJob() {
    partition.deploy(ModelBuilder.process("order").start("start").task("work").end("end"));
    partition.create("order");
    return partition.activate("work");
  }

  private long waitingForATimer() {
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .timer("wait", ModelBuilder.after("PT10S"))
            .end("end"));
    return partition.create("order");
  }

  private void postpone(EngineFixture partition, Kind kind) {
    List<Due> due = partition.state().due().dueAt(Long.MAX_VALUE, 1);
    assertEquals(kind, due.getFirst().kind());
    partition.setClock(due.getFirst().atMs());
    partition.process(new PostponeDue(due.getFirst()));
    assertEquals(due.getFirst().atMs() + Timers.POSTPONE_MS, partition.engine().nextDueAtMs());
    assertEquals(List.of(), partition.process(new TriggerDue()).events());
  }

  @Test
  void shouldTimeAJobOutLater() {
    // given
    ActivatedJob job = activatedJob();

    // when
    postpone(partition, Kind.JOB);
    partition.restart();

    // then
    assertEquals(List.of(), partition.activate("work", 1));
    partition.pass(A_MINUTE);
    assertEquals(job.key(), partition.activate("work").key());
  }

  @Test
  void shouldPutAJobOffAgainAndAgain() {
    // given
    ActivatedJob job = activatedJob();

    // when
    postpone(partition, Kind.JOB);
    postpone(partition, Kind.JOB);
    postpone(partition, Kind.JOB);

    // then
    partition.pass(A_MINUTE);
    assertEquals(job.key(), partition.activate("work").key());
    partition.work("work");
  }

  @Test
  void shouldForgetAJobThatWasDoneMeanwhile() {
    // given
    ActivatedJob job = activatedJob();
    postpone(partition, Kind.JOB);

    // when
    assertInstanceOf(Answer.Done.class, partition.complete(job, "{}"));

    // then
    assertEquals(Long.MAX_VALUE, partition.engine().nextDueAtMs());
    partition.assertNothingLeft();
  }

  @Test
  void shouldBeginAnewWithTheNextTimeOfAJob() {
    // given
    ActivatedJob job = activatedJob();
    postpone(partition, Kind.JOB);

    // when
    partition.fail(job, 1, 5_000);

    // then
    assertEquals(partition.nowMs() + 5_000, partition.engine().nextDueAtMs());
    partition.restart();
    assertEquals(partition.nowMs() + 5_000, partition.engine().nextDueAtMs());
  }

  @Test
  void shouldFireATimerLater() {
    // given
    long instance = waitingForATimer();

    // when
    postpone(partition, Kind.TIMER);
    partition.restart();
    partition.pass(A_MINUTE);

    // then
    assertEquals(false, partition.isRunning(instance));
    partition.assertNothingLeft();
  }

  @Test
  void shouldForgetATimerWhoseInstanceIsCancelled() {
    // given
    long instance = waitingForATimer();
    postpone(partition, Kind.TIMER);

    // when
    partition.cancel(instance);

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldAnswerADeploymentLater() {
    // given
    var first = new EngineFixture(1, 2);
    var model = ModelBuilder.process("order").start("start").end("end").build();
    first.process(new DeployResources(List.of(first.file("order.bpmn", model)), TENANT));
    assertEquals(START_MS + 5_000, first.engine().nextDueAtMs());

    // when
    postpone(first, Kind.DEPLOYMENT);
    first.restart();

    // then
    assertEquals(List.of(), first.replies());

    // when
    first.process(new AcknowledgeMessages(2, 1));

    // then
    assertEquals(1, first.replies().size());
    assertEquals(Long.MAX_VALUE, first.engine().nextDueAtMs());
  }
}
