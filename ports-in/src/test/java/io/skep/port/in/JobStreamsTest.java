package io.skep.port.in;

import static io.skep.port.in.SimulatedPartition.activate;
import static io.skep.port.in.SimulatedPartition.create;
import static io.skep.port.in.SimulatedPartition.oneTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.Activation;
import io.skep.domain.engine.job.JobCommand.EndJobStream;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.Reply.Reason;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Streams that are open at a partition get the jobs that turn up.
class JobStreamsTest {
  private final BrokerWorld world = new BrokerWorld(2, 1);
  private final SimulatedPartition partition = new SimulatedPartition(world, 1, 0, 1);
  private final FakeSession gateway = new FakeSession();
  private final FakeSession other = new FakeSession();

  @BeforeEach
  void deploy() {
    partition.elect(0);
    partition.deploy(oneTask());
  }

  @Test
  void shouldPushAJobThatIsCreated() {
    // given
    Asker stream = stream(gateway, 1);
    assertFalse(stream.isTold());

    // when
    partition.run(create("order"));

    // then
    ActivatedJob job = only(stream);
    assertEquals("streamer", job.worker());
    assertEquals(List.of(), partition.jobs("work"));
  }

  @Test
  void shouldLeaveJobsFromBeforeToThoseWhoAsk() {
    // given
    partition.run(create("order"));

    // when
    Asker stream = stream(gateway, 1);
    partition.run(create("order"));

    // then
    ActivatedJob pushed = only(stream);
    List<ActivatedJob> asked = partition.jobs("work");
    assertEquals(1, asked.size());
    assertNotEquals(pushed.key(), asked.getFirst().key());
  }

  @Test
  void shouldNotTellThoseWhoAskOfAJobThatIsPushed() {
    // given
    partition.submit(0, activate("work"), other);
    Asker stream = stream(gateway, 1);

    // when
    partition.run(create("order"));

    // then
    only(stream);
    assertEquals(List.of(), other.news);

    // when: nobody waits at the stream's end any more
    partition.run(create("order"));
    assertEquals(List.of(), other.news);
    world.time.pass(100);

    // then
    assertEquals(List.of("work"), other.news);
  }

  @Test
  void shouldKeepJobsForTheNextRequestOfAnOpenStream() {
    // given
    Asker first = stream(gateway, 1);
    for (int i = 0; i < 3; i++) partition.submit(create("order"));
    partition.log.settle();
    int atOnce = jobs(first).size();

    // when
    Asker second = stream(gateway, 1);
    partition.log.settle();

    // then
    assertEquals(3, atOnce + (second.isTold() ? jobs(second).size() : 0));
  }

  @Test
  void shouldDealJobsOutToAllStreams() {
    // given
    Asker one = stream(gateway, 1);
    Asker two = stream(gateway, 2);
    Asker three = stream(other, 1);

    // when
    for (int i = 0; i < 3; i++) partition.run(create("order"));

    // then
    only(one);
    only(two);
    only(three);
  }

  @Test
  void shouldPushAJobThatComesBack() {
    // given
    Asker first = stream(gateway, 1);
    partition.run(create("order"));
    ActivatedJob job = only(first);

    // when: it fails
    Asker second = stream(gateway, 1);
    partition.run(new FailJob(job.key(), 2, 0, "", JsonObject.empty()));

    // then
    assertEquals(job.key(), only(second).key());

    // when: its back-off is over
    Asker third = stream(gateway, 1);
    partition.run(new FailJob(job.key(), 1, 500, "", JsonObject.empty()));
    assertFalse(third.isTold());
    world.time.pass(500);
    partition.log.settle();

    // then
    assertEquals(job.key(), only(third).key());

    // when: its worker's time is over
    Asker fourth = stream(gateway, 1);
    world.time.pass(60_000);
    partition.log.settle();

    // then
    assertEquals(job.key(), only(fourth).key());
  }

  @Test
  void shouldNotPushWhatCouldNotBeDelivered() {
    // given
    Asker first = stream(gateway, 1);
    partition.run(create("order"));
    ActivatedJob job = only(first);
    partition.submit(0, activate("work"), other);
    Asker second = stream(gateway, 1);

    // when
    partition.run(new YieldJobs(List.of(new Activation(job.key(), job.deadlineMs()))));

    // then
    assertFalse(second.isTold());
    assertEquals(List.of("work"), other.news);
    assertEquals(
        List.of(job.key()), partition.jobs("work").stream().map(ActivatedJob::key).toList());
  }

  @Test
  void shouldWaitOnIfSomebodyElseGotTheJob() {
    // given: a job that is taken while its key is on its way to the stream
    Asker stream = stream(gateway, 1);
    partition.submit(create("order"));
    Asker quicker = partition.submit(activate("work"));
    partition.log.settle();
    assertEquals(1, jobs(quicker).size());
    assertFalse(stream.isTold());

    // when
    partition.run(create("order"));

    // then
    only(stream);
  }

  @Test
  void shouldForgetAStreamThatEnds() {
    // given
    Asker stream = stream(gateway, 1);

    // when
    Asker end = partition.submit(0, new EndJobStream(1, "work"), gateway);

    // then
    assertEquals(new Answer.Done(0), end.answer());
    assertEquals(List.of(), jobs(stream));
    partition.run(create("order"));
    assertEquals(1, partition.jobs("work").size());
  }

  @Test
  void shouldForgetTheStreamsOfAGatewayThatHasGone() {
    // given
    Asker gone = stream(gateway, 1);
    Asker stays = stream(other, 1);

    // when
    partition.replica(0).forget(gateway);
    partition.run(create("order"));

    // then
    assertFalse(gone.isTold());
    only(stays);
  }

  @Test
  void shouldNotWaitForAStreamThatWasNotHeardOfForLong() {
    // given
    Asker first = stream(gateway, 1);
    partition.run(create("order"));
    only(first);
    partition.submit(0, activate("work"), other);

    // when
    world.time.pass(6_000);
    partition.run(create("order"));

    // then
    assertEquals(List.of("work"), other.news);
    assertEquals(1, partition.jobs("work").size());

    // when: it comes back
    Asker again = stream(gateway, 1);
    partition.run(create("order"));

    // then
    only(again);
  }

  @Test
  void shouldSendStreamsToTheNextLeader() {
    // given
    Asker stream = stream(gateway, 1);

    // when
    partition.elect(1);

    // then
    assertEquals(Reason.NOT_LEADER, stream.refusal());
    assertEquals(Reason.NOT_LEADER, stream(gateway, 1).refusal());
  }

  @Test
  void shouldRefuseStreamsWhenTheBrokerStops() {
    // given
    Asker stream = stream(gateway, 1);

    // when
    partition.replica(0).stopIntake();

    // then
    assertEquals(Reason.NOT_LEADER, stream.refusal());
  }

  private Asker stream(FakeSession session, long streamId) {
    var command =
        new StreamJobs(
            streamId,
            "work",
            "streamer",
            60_000,
            List.of(),
            List.of(SimulatedPartition.TENANT),
            1_000_000,
            List.of());
    return partition.submit(0, command, session);
  }

  private static List<ActivatedJob> jobs(Asker asker) {
    return assertInstanceOf(JobsActivated.class, asker.answer()).jobs();
  }

  private static ActivatedJob only(Asker asker) {
    List<ActivatedJob> jobs = jobs(asker);
    assertEquals(1, jobs.size());
    return jobs.getFirst();
  }
}
