package io.skep.port.in;

import static io.skep.port.in.JobActivationFixture.NO_WAIT;
import static io.skep.port.in.JobActivationFixture.command;
import static io.skep.port.in.JobActivationFixture.givenBack;
import static io.skep.port.in.JobActivationFixture.job;
import static io.skep.port.in.JobActivationFixture.jobs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which partitions are asked for jobs, and what becomes of those that they send.
class JobActivationTest {
  private final JobActivationFixture fixture = new JobActivationFixture();
  private final SimulatedTime time = fixture.time;
  private final FakeBrokers brokers = fixture.brokers;

  @Test
  void shouldAskEveryPartitionOnce() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(3, 3));
    var worker = new FakeWorker();

    // when
    jobs.activate(command("work", 10), NO_WAIT, worker);
    for (int i = 0; i < 3; i++) fixture.answer();

    // then
    assertEquals(List.of(1, 2, 3), brokers.partitions());
    assertEquals(List.of("done"), worker.heard);
    assertEquals(0, time.scheduled());
  }

  @Test
  void shouldStartAtAnotherPartitionEachTime() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 3));

    // when
    for (int i = 0; i < 3; i++) {
      jobs.activate(command("work", 10), NO_WAIT, new FakeWorker());
      for (int p = 0; p < 3; p++) fixture.answer();
    }
    jobs.activate(command("other", 10), NO_WAIT, new FakeWorker());

    // then
    assertEquals(List.of(1, 2, 3, 2, 3, 1, 3, 1, 2, 1), brokers.partitions());
  }

  @Test
  void shouldSpreadTheWantedJobsOverThePartitions() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 4));
    var worker = new FakeWorker();

    // when
    jobs.activate(command("work", 5), NO_WAIT, worker);
    fixture.answer(1, 2);
    fixture.answer();
    fixture.answer(3, 4, 5);

    // then
    assertEquals(List.of(1, 2, 3), brokers.partitions());
    assertEquals(List.of(5, 3, 3), brokers.sent.stream().map(JobActivationTest::maxJobs).toList());
    assertEquals(List.of("1,2", "3,4,5", "done"), worker.heard);
  }

  private static int maxJobs(FakeBrokers.Sent sent) {
    return assertInstanceOf(ActivateJobs.class, sent.command()).maxJobs();
  }

  @Test
  void shouldAskAPartitionAgainThatCouldNotSendAll() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 2));
    var worker = new FakeWorker();

    // when
    jobs.activate(command("work", 5), NO_WAIT, worker);
    brokers.last().answer(new JobsActivated(jobs(1), true));
    brokers.last().answer(new JobsActivated(List.of(), true));
    fixture.answer(2);
    fixture.answer();

    // then
    assertEquals(List.of(1, 1, 1, 2), brokers.partitions());
    assertEquals(List.of("1", "2", "done"), worker.heard);
  }

  @Test
  void shouldAskSeveralPartitionsAtATimeIfSeveralWait() {
    // given
    var membership = new FakeMembership(1, 4);
    var jobs = fixture.activation(membership);
    jobs.activate(command("work", 1), 0, new FakeWorker());
    jobs.activate(command("work", 1), 0, new FakeWorker());

    // when
    for (int p = 1; p <= 4; p++) membership.lead(p, 0);

    // then
    assertEquals(2, brokers.sent.size());
  }

  @Test
  void shouldPassOnARejection() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 2));
    var worker = new FakeWorker();

    // when
    jobs.activate(command(" ", 1), 0, worker);
    brokers.last().answer(new Rejection(Rejection.Reason.INVALID_ARGUMENT, "blank"));

    // then
    assertEquals(1, brokers.sent.size());
    assertEquals(List.of("blank"), worker.heard);
  }

  @Test
  void shouldHaveThePartitionRejectWhatMakesNoSenseThoughNothingIsThere() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 1));
    for (int i = 0; i < 3; i++) {
      jobs.activate(command("work", 1), NO_WAIT, new FakeWorker());
      fixture.answer();
    }

    // when
    jobs.activate(
        new ActivateJobs("work", "w", 0, 1, List.of(), List.of("<default>"), 1_000),
        0,
        new FakeWorker());

    // then
    assertEquals(4, brokers.sent.size());
  }

  @Test
  void shouldGiveBackJobsOfAWorkerThatHasGone() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 2));
    var worker = new FakeWorker();

    // when
    jobs.activate(command("work", 5), 0, worker).cancel();
    brokers.last().answer(new JobsActivated(List.of(job(1, 7), job(1, 8)), false));

    // then
    assertEquals(2, brokers.sent.size());
    assertEquals(1, brokers.last().partitionId());
    assertEquals(givenBack(7, 8), brokers.last().command());
    assertEquals(List.of(), worker.heard);
  }

  @Test
  void shouldGiveBackJobsThatCannotBeDelivered() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 2));
    var worker = new FakeWorker();
    worker.takes = false;

    // when
    jobs.activate(command("work", 5), 0, worker);
    brokers.last().answer(new JobsActivated(List.of(job(1, 7)), false));

    // then
    assertEquals(givenBack(7), brokers.last().command());
    assertEquals(2, brokers.sent.size());
    assertEquals(List.of("done"), worker.heard);
  }

  @Test
  void shouldForgetTypesThatNobodyAsksFor() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 1));
    for (int i = 0; i < 3 * JobActivationUseCase.MOST_IDLE_TYPES; i++) {
      jobs.activate(command("type-" + i, 1), NO_WAIT, new FakeWorker());
      fixture.answer();
    }
    var worker = new FakeWorker();

    // when
    jobs.activate(command("type-2999", 1), 0, worker);
    fixture.answer(7);

    // then
    assertEquals(List.of("7", "done"), worker.heard);
    assertEquals(JobActivationUseCase.MOST_IDLE_TYPES, ((JobActivationUseCase) jobs).types());
  }
}
