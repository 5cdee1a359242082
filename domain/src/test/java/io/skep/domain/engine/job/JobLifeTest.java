package io.skep.domain.engine.job;

import static io.skep.domain.engine.EngineFixture.assertRejected;
import static io.skep.domain.engine.EngineFixture.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.engine.job.JobCommand.Activation;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.engine.job.JobCommand.ThrowError;
import io.skep.domain.engine.job.JobCommand.UpdateJobRetries;
import io.skep.domain.engine.job.JobCommand.UpdateJobTimeout;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobLifeTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final EngineFixture partition = new EngineFixture();
  private ActivatedJob job;

  @BeforeEach
  void activateJob() {
    partition.deploy(ModelBuilder.process("order").start("start").task("work").end("end"));
    partition.create("order", "{\"seen\":0}");
    job = partition.activate("work");
  }

  @Test
  void shouldBeDoneOnce() {
    // when
    partition.complete(job, "{}");

    // then
    assertRejected(Reason.NOT_FOUND, partition.complete(job, "{}"));
    assertRejected(Reason.NOT_FOUND, partition.fail(job, 1, 0));
    assertRejected(Reason.NOT_FOUND, throwError());
    assertRejected(Reason.NOT_FOUND, updateRetries(1));
    assertRejected(Reason.NOT_FOUND, updateTimeout(1));
    partition.assertNothingLeft();
  }

  @Test
  void shouldComeAgainAtOnceAfterAFailure() {
    // when
    Answer answer = partition.fail(job, 10, 0);

    // then
    assertEquals(new Answer.Done(job.key()), answer);
    ActivatedJob again = partition.activate("work");
    assertEquals(job.key(), again.key());
    assertEquals(10, again.retries());
  }

  @Test
  void shouldKeepVariablesOfAFailureInTheTask() {
    // given
    partition.process(new FailJob(job.key(), 1, 0, "", json("{\"reason\":\"cold\",\"seen\":1}")));

    // when
    ActivatedJob again = partition.activate("work");

    // then
    assertEquals(json("{\"reason\":\"cold\",\"seen\":1}"), again.variables());
    assertEquals("{\"seen\":0}", partition.variables(partition.element("order").key()));
  }

  @Test
  void shouldComeAgainAfterItsBackoff() {
    // given
    partition.fail(job, 2, 1_000);

    // when
    partition.pass(Duration.ofMillis(999));

    // then
    assertEquals(List.of(), partition.activate("work", 1));

    // when
    partition.pass(Duration.ofMillis(1));

    // then
    assertEquals(2, partition.activate("work").retries());
  }

  @Test
  void shouldRefuseEverythingButRetriesDuringItsBackoff() {
    // given
    partition.fail(job, 2, 60_000);

    // then
    assertRefusedInState();
    assertInstanceOf(Answer.Done.class, updateRetries(5));
    assertEquals(List.of(), partition.activate("work", 1));
  }

  @Test
  void shouldStopWithAnIncidentIfNoRetriesAreLeft() {
    // given
    partition.process(new FailJob(job.key(), 0, 300, "out of paper", json("{}")));

    // then
    var incident = partition.incident();
    assertEquals(IncidentType.JOB_NO_RETRIES, incident.type());
    assertEquals("out of paper", incident.message());
    assertEquals(job.key(), incident.jobKey());
    assertRefusedInState();
    assertEquals(List.of(), partition.activate("work", 1));
    assertEquals(Long.MAX_VALUE, partition.engine().nextDueAtMs(), "no back-off without retries");
  }

  @Test
  void shouldSayThatNoRetriesAreLeftIfTheWorkerSaysNothing() {
    // when
    partition.fail(job, -5, 0);

    // then
    assertEquals("No more retries left.", partition.incident().message());
  }

  @Test
  void shouldCutALongErrorMessage() {
    // when
    partition.process(new FailJob(job.key(), 0, 0, "x".repeat(20_000), json("{}")));

    // then
    assertEquals("x".repeat(10_000), partition.incident().message());
  }

  @Test
  void shouldNeedRetriesBeforeItsIncidentCanBeResolved() {
    // given
    partition.fail(job, 0, 0);
    long incident = partition.incident().key();

    // then
    assertRejected(Reason.NOT_FOUND, partition.resolve(incident));

    // when
    updateRetries(2);

    // then
    assertEquals(List.of(), partition.activate("work", 1), "retries alone do not help");

    // when
    assertEquals(new Answer.Done(incident), partition.resolve(incident));

    // then
    assertEquals(2, partition.activate("work").retries());
    assertRejected(Reason.NOT_FOUND, partition.resolve(incident));
  }

  @Test
  void shouldComeAgainAfterItsTimeout() {
    // when
    partition.pass(TIMEOUT.minusMillis(1));

    // then
    assertEquals(List.of(), partition.activate("work", 1));

    // when
    partition.pass(Duration.ofMillis(1));

    // then
    assertEquals(job.key(), partition.activate("work").key());
  }

  @Test
  void shouldStillBeDoneByTheWorkerWhoseTimeRanOut() {
    // given
    partition.pass(TIMEOUT);

    // then
    assertInstanceOf(Answer.Done.class, partition.complete(job, "{}"));
    assertEquals(List.of(), partition.activate("work", 1));
    partition.assertNothingLeft();
  }

  @Test
  void shouldBeDoneByTheFirstOfTwoWorkers() {
    // given
    partition.pass(TIMEOUT);
    ActivatedJob other = partition.activate("work");

    // then
    assertInstanceOf(Answer.Done.class, partition.complete(job, "{}"));
    assertRejected(Reason.NOT_FOUND, partition.complete(other, "{}"));
  }

  @Test
  void shouldBeGivenBackWithItsRetries() {
    // when
    partition.process(new YieldJobs(List.of(activationOf(job), new Activation(7, 1))));

    // then
    assertEquals(3, partition.activate("work").retries());
  }

  @Test
  void shouldNotBeGivenBackIfNobodyHasIt() {
    // given
    partition.fail(job, 0, 0);

    // when
    partition.process(new YieldJobs(List.of(activationOf(job))));

    // then
    assertEquals(List.of(), partition.activate("work", 1));
  }

  @Test
  void shouldNotBeTakenFromTheWorkerThatGotItAfterATimeOut() {
    // given
    partition.pass(TIMEOUT);
    ActivatedJob other = partition.activate("work");

    // when: the first worker's gateway gives it back at last
    partition.process(new YieldJobs(List.of(activationOf(job))));

    // then
    assertEquals(other.key(), job.key());
    assertEquals(List.of(), partition.activate("work", 1));

    // when
    partition.process(new YieldJobs(List.of(activationOf(other))));

    // then
    assertEquals(job.key(), partition.activate("work").key());
  }

  @Test
  void shouldBeGivenBackWithoutWordOfItsActivation() {
    // when: as members of an older version do
    partition.process(new YieldJobs(List.of(new Activation(job.key(), Activation.ANY))));

    // then
    assertEquals(job.key(), partition.activate("work").key());
  }

  private static Activation activationOf(ActivatedJob job) {
    return new Activation(job.key(), job.deadlineMs());
  }

  @Test
  void shouldChangeRetriesInAnyState() {
    assertInstanceOf(Answer.Done.class, updateRetries(9));
    assertRejected(Reason.INVALID_ARGUMENT, updateRetries(0));
    assertRejected(Reason.INVALID_ARGUMENT, updateRetries(-1));
    partition.pass(TIMEOUT);
    assertEquals(9, partition.activate("work").retries());
  }

  @Test
  void shouldChangeTheTimeoutFromNowOn() {
    // given
    partition.pass(Duration.ofSeconds(10));

    // when
    assertInstanceOf(Answer.Done.class, updateTimeout(100));
    partition.pass(Duration.ofMillis(100));

    // then
    assertEquals(job.key(), partition.activate("work").key());

    // when
    updateTimeout(600_000);
    partition.pass(TIMEOUT);

    // then
    assertEquals(List.of(), partition.activate("work", 1));
  }

  @Test
  void shouldRefuseToChangeTheTimeoutIfNobodyHasIt() {
    // given
    partition.fail(job, 1, 0);

    // then
    assertRejected(Reason.INVALID_STATE, updateTimeout(1_000));
  }

  @Test
  void shouldStopWithAnIncidentIfNobodyCatchesItsError() {
    // when
    assertInstanceOf(Answer.Done.class, throwError());

    // then
    assertEquals(IncidentType.UNHANDLED_ERROR_EVENT, partition.incident().type());
    assertTrue(partition.incident().message().contains("'oops'"), partition.incident()::message);
    assertRefusedInState();

    // when: unlike a job without retries it needs none
    partition.resolve(partition.incident().key());

    // then
    assertEquals(3, partition.activate("work").retries());
  }

  private void assertRefusedInState() {
    assertRejected(Reason.INVALID_STATE, partition.complete(job, "{}"));
    assertRejected(Reason.INVALID_STATE, partition.fail(job, 1, 0));
    assertRejected(Reason.INVALID_STATE, throwError());
    assertRejected(Reason.INVALID_STATE, updateTimeout(60_000));
  }

  private Answer throwError() {
    return partition
        .process(new ThrowError(job.key(), "oops", "it broke", json("{\"a\":1}")))
        .answer();
  }

  private Answer updateRetries(int retries) {
    return partition.process(new UpdateJobRetries(job.key(), retries)).answer();
  }

  private Answer updateTimeout(long timeoutMs) {
    return partition.process(new UpdateJobTimeout(job.key(), timeoutMs)).answer();
  }
}
