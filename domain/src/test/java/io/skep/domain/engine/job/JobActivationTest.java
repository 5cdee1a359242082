package io.skep.domain.engine.job;

import static io.skep.domain.engine.EngineFixture.TENANT;
import static io.skep.domain.engine.EngineFixture.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobActivationTest {
  private final EngineFixture partition = new EngineFixture();

  @BeforeEach
  void deploy() {
    partition.deploy(ModelBuilder.process("order").start("start").task("work").end("end"));
  }

  @Test
  void shouldHandOutJobsInTheOrderOfTheirCreation() {
    // given
    for (int i = 1; i <= 4; i++) partition.create("order", "{\"number\":" + i + "}");

    // then
    assertEquals(List.of("{\"number\":1}"), variables(partition.activate("work", 1)));
    assertEquals(
        List.of("{\"number\":2}", "{\"number\":3}"), variables(partition.activate("work", 2)));
    assertEquals(List.of("{\"number\":4}"), variables(partition.activate("work", 50)));
    assertEquals(List.of(), partition.activate("work", 50));
  }

  @Test
  void shouldHandOutJobsThatCameBackBeforeYoungerOnes() {
    // given
    for (int i = 1; i <= 40; i++) partition.create("order", "{\"number\":" + i + "}");
    List<ActivatedJob> jobs = partition.activate("work", 30);

    // when
    partition.fail(jobs.get(20), 1, 0);
    partition.fail(jobs.get(10), 1, 0);
    partition.fail(jobs.get(29), 1, 0);

    // then
    assertEquals(
        List.of("{\"number\":11}", "{\"number\":21}", "{\"number\":30}", "{\"number\":31}"),
        variables(partition.activate("work", 4)));
    assertEquals(9, partition.activate("work", 50).size());
  }

  @Test
  void shouldHandOutOnlyTheType() {
    // given
    partition.create("order");

    // then
    assertEquals(List.of(), partition.activate("other", 10));
    assertEquals(1, partition.activate("work", 10).size());
  }

  @Test
  void shouldHandOutOnlyTheVariablesAskedForTheInnermostFirst() {
    // given
    partition.create("order", "{\"a\":1,\"b\":2,\"c\":3}");
    partition.setLocalVariables(partition.element("work").key(), "{\"c\":4}");

    // when
    List<ActivatedJob> jobs = partition.activate("work", 1, "c", "a", "nowhere");

    // then
    assertEquals(List.of("{\"c\":4,\"a\":1}"), variables(jobs));
  }

  @Test
  void shouldLeaveJobsOutThatDoNotFitIntoTheAnswer() {
    // given
    String kilobyte = "{\"text\":\"" + "x".repeat(1_000) + "\"}";
    for (int i = 0; i < 3; i++) partition.create("order", kilobyte);

    // when
    Answer.JobsActivated answer = activate(3_000, 10);

    // then
    assertEquals(2, answer.jobs().size());
    assertTrue(answer.truncated());

    // when
    answer = activate(3_000, 10);

    // then
    assertEquals(1, answer.jobs().size());
    assertFalse(answer.truncated());
  }

  @Test
  void shouldLeaveToTheNextTurnWhatWouldTakeTooLong() {
    // given
    int more = 30;
    for (int i = 0; i < JobActivations.MAX_LOOKS + more; i++) partition.create("order");

    // when
    Answer.JobsActivated answer = activate(1 << 20, 1_000);

    // then
    assertEquals(JobActivations.MAX_LOOKS, answer.jobs().size());
    assertTrue(answer.truncated());

    // when
    answer = activate(1 << 20, 1_000);

    // then
    assertEquals(more, answer.jobs().size());
    assertFalse(answer.truncated());
  }

  @Test
  void shouldLookAtSoManyJobsInATurnThatFitIntoNoAnswer() {
    // given
    String large = "{\"text\":\"" + "x".repeat(5_000) + "\"}";
    for (int i = 0; i < JobActivations.MAX_LOOKS; i++) partition.create("order", large);
    partition.create("order");

    // when
    Answer.JobsActivated answer = activate(3_000, 1);

    // then
    assertEquals(List.of(), answer.jobs());
    assertTrue(answer.truncated());
    assertEquals(1, activate(3_000, 1).jobs().size());
  }

  @Test
  void shouldBlockAJobThatFitsIntoNoAnswer() {
    // given
    long large = partition.create("order", "{\"text\":\"" + "x".repeat(5_000) + "\"}");
    partition.create("order");

    // when
    Answer.JobsActivated answer = activate(3_000, 10);

    // then
    assertEquals(1, answer.jobs().size(), "the smaller one behind it");
    assertEquals(IncidentType.MESSAGE_SIZE_EXCEEDED, partition.incident().type());
    assertEquals(large, partition.incident().place().processInstanceKey());

    // when
    partition.setVariables(large, "{\"text\":\"short\"}");
    assertInstanceOf(Answer.Done.class, partition.resolve(partition.incident().key()));

    // then
    assertEquals(large, partition.activate("work").processInstanceKey());
    assertEquals(List.of(), partition.incidents());
  }

  @Test
  void shouldRefuseWhatCannotBeMeant() {
    assertRejected(Reason.INVALID_ARGUMENT, answerTo("", 1, 1));
    assertRejected(Reason.INVALID_ARGUMENT, answerTo(" ", 1, 1));
    assertRejected(Reason.INVALID_ARGUMENT, answerTo("work", 0, 1));
    assertRejected(Reason.INVALID_ARGUMENT, answerTo("work", -1, 1));
    assertRejected(Reason.INVALID_ARGUMENT, answerTo("work", 1, 0));
  }

  @Test
  void shouldTellWhenThereAreJobsThatWereNotThereBefore() {
    // when
    EngineFixture.Step created = partition.process(EngineFixture.createCommand("order", "{}"));

    // then
    assertEquals(List.of("work"), created.availableJobTypes());

    // when
    ActivatedJob job = partition.activate("work");
    var failed =
        partition.process(new JobCommand.FailJob(job.key(), 1, 0, "", EngineFixture.json("{}")));

    // then
    assertEquals(List.of("work"), failed.availableJobTypes());
  }

  private Answer.JobsActivated activate(int maxBytes, int maxJobs) {
    var command =
        new ActivateJobs("work", "worker", 1_000, maxJobs, List.of(), List.of(TENANT), maxBytes);
    return assertInstanceOf(Answer.JobsActivated.class, partition.process(command).answer());
  }

  private Answer answerTo(String type, long timeoutMs, int maxJobs) {
    return partition
        .process(
            new ActivateJobs(type, "worker", timeoutMs, maxJobs, List.of(), List.of(TENANT), 1_000))
        .answer();
  }

  private static List<String> variables(List<ActivatedJob> jobs) {
    return jobs.stream().map(job -> job.variables().toString()).toList();
  }
}
