package io.skep.port.in;

import static io.skep.port.in.SimulatedPartition.activate;
import static io.skep.port.in.SimulatedPartition.complete;
import static io.skep.port.in.SimulatedPartition.create;
import static io.skep.port.in.SimulatedPartition.oneTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.Activation;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.domain.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Gateways that found no jobs are told once when there are some.
class JobNewsTest {
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
  void shouldAnswerWithoutTheLogIfThereAreNoJobs() {
    // given
    long index = partition.log.committedIndex();

    // when
    List<ActivatedJob> jobs = ask(gateway);

    // then
    assertEquals(List.of(), jobs);
    assertEquals(index, partition.log.committedIndex());
  }

  @Test
  void shouldLetTheEngineRefuseWhatCannotBeMeant() {
    // when
    var noJobs = new ActivateJobs("work", "w", 1_000, 0, List.of(), List.of(), 1_000);
    Asker asker = partition.submit(0, noJobs, gateway);
    partition.log.settle();

    // then
    assertInstanceOf(Rejection.class, asker.answer());
  }

  @Test
  void shouldTellEveryGatewayThatWaitsOnce() {
    // given
    ask(gateway);
    ask(gateway);
    ask(other);

    // when
    partition.run(create("order"));
    partition.run(create("order"));

    // then
    assertEquals(List.of("work"), gateway.news);
    assertEquals(List.of("work"), other.news);
  }

  @Test
  void shouldTellAgainOnlyAfterAnotherAnswerWithoutJobs() {
    // given
    ask(gateway);
    partition.run(create("order"));
    assertEquals(1, ask(gateway).size());
    partition.run(create("order"));
    assertEquals(List.of("work"), gateway.news);
    assertEquals(1, ask(gateway).size());

    // when
    assertEquals(List.of(), ask(gateway));
    partition.run(create("order"));

    // then
    assertEquals(List.of("work", "work"), gateway.news);
  }

  @Test
  void shouldTellWhenAJobComesBack() {
    // given
    partition.run(create("order"));
    ActivatedJob job = ask(gateway).getFirst();
    ask(gateway);

    // when
    partition.run(new FailJob(job.key(), 1, 0, "", JsonObject.empty()));

    // then
    assertEquals(List.of("work"), gateway.news);

    // when
    ActivatedJob again = ask(gateway).getFirst();
    ask(gateway);
    partition.run(new YieldJobs(List.of(new Activation(again.key(), again.deadlineMs()))));

    // then
    assertEquals(List.of("work", "work"), gateway.news);

    // when: its worker's time runs out
    ask(gateway);
    ask(gateway);
    world.time.pass(60_000);
    partition.log.settle();

    // then
    assertEquals(List.of("work", "work", "work"), gateway.news);

    // when: its back-off is over
    ask(gateway);
    partition.run(new FailJob(job.key(), 1, 500, "", JsonObject.empty()));
    ask(gateway);
    world.time.pass(500);
    partition.log.settle();

    // then
    assertEquals(List.of("work", "work", "work", "work"), gateway.news);
  }

  @Test
  void shouldAnswerWithoutTheLogAgainAfterAJobThatWasTakenAtOnce() {
    // given: made and taken within one entry
    for (int i = 0; i < 3; i++) partition.submit(activate("other"));
    partition.submit(create("order"));
    Asker worker = partition.submit(activate("work"));
    partition.log.settle();
    assertEquals(1, assertInstanceOf(Answer.JobsActivated.class, worker.answer()).jobs().size());
    long index = partition.log.committedIndex();

    // when
    assertEquals(List.of(), ask(gateway));

    // then
    assertEquals(index, partition.log.committedIndex());
  }

  @Test
  void shouldNotMissAJobThatIsMadeWhileTheQuestionIsUnderWay() {
    // given: there is a job when the question comes, another worker takes it, then there is a new
    // one
    partition.run(create("order"));
    partition.submit(activate("work"));
    Asker asker = partition.submit(0, activate("work"), gateway);
    partition.submit(create("order"));

    // when
    partition.log.settle();

    // then
    assertEquals(0, assertInstanceOf(Answer.JobsActivated.class, asker.answer()).jobs().size());
    assertEquals(List.of("work"), gateway.news);
  }

  @Test
  void shouldNotTellOfJobsWhoseInstanceHasEnded() {
    // given
    partition.run(create("order"));
    ActivatedJob job = ask(gateway).getFirst();
    ask(gateway);

    // when
    partition.run(complete(job));

    // then
    assertEquals(List.of(), gateway.news);
  }

  @Test
  void shouldForgetAGatewayThatHasGone() {
    // given
    ask(gateway);
    ask(other);

    // when
    partition.replica(0).forget(gateway);
    partition.run(create("order"));

    // then
    assertEquals(List.of(), gateway.news);
    assertEquals(List.of("work"), other.news);
  }

  @Test
  void shouldBeginAnewWithAnotherLeader() {
    // given
    ask(gateway);
    partition.run(create("order"));
    gateway.news.clear();

    // when
    partition.elect(1);

    // then: the new leader knows of the job
    Asker asker = partition.submit(1, activate("work"), other);
    partition.log.settle();
    assertEquals(1, assertInstanceOf(Answer.JobsActivated.class, asker.answer()).jobs().size());
    assertEquals(List.of(), gateway.news);
  }

  private List<ActivatedJob> ask(FakeSession session) {
    Asker asker = partition.submit(0, activate("work"), session);
    partition.log.settle();
    return assertInstanceOf(Answer.JobsActivated.class, asker.answer()).jobs();
  }
}
