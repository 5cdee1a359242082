package io.skep.port.in;

import static io.skep.port.in.SimulatedPartition.activate;
import static io.skep.port.in.SimulatedPartition.complete;
import static io.skep.port.in.SimulatedPartition.create;
import static io.skep.port.in.SimulatedPartition.createAwaiting;
import static io.skep.port.in.SimulatedPartition.oneTask;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.port.out.Reply.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a replica does with commands, and with the lead.
class PartitionReplicaTest {
  private final BrokerWorld world = new BrokerWorld(3, 1);
  private final SimulatedPartition partition = new SimulatedPartition(world, 1, 0, 1, 2);

  @Test
  void shouldRunCommandsOnEveryReplicaAndAnswerOnTheLeader() {
    // given
    partition.elect(0);
    partition.deploy(oneTask());

    // when
    Answer answer = partition.run(create("order"));
    ActivatedJob job = partition.jobs("work").getFirst();
    partition.run(complete(job));

    // then
    assertInstanceOf(Answer.InstanceCreated.class, answer);
    partition.assertReplicasAgree();
    assertEquals(List.of(), world.errors);
  }

  @Test
  void shouldHaveTheNextEntryUnderWayWhenItAnswers() {
    // given
    partition.elect(0);
    partition.deploy(oneTask());
    var underWay = new ArrayList<Integer>();
    partition.submit(
        0, create("order"), new FakeSession(), _ -> underWay.add(partition.log.underWay()));

    // when
    partition.submit(create("order"));
    partition.log.settle();

    // then
    assertEquals(List.of(1), underWay);
  }

  @Test
  void shouldHaveRequestsForNewJobsInTheNextEntry() {
    // given: a gateway that asks for jobs as soon as it hears of some
    partition.elect(0);
    partition.deploy(oneTask());
    var askers = new ArrayList<Asker>();
    partition.submit(
        0, activate("work"), (_, type) -> askers.add(partition.submit(activate(type))));
    partition.log.settle();
    partition.submit(create("order"));
    long before = partition.log.committedIndex();

    // when
    partition.submit(create("order"));
    partition.log.settle();

    // then: the first instance, and the second with the request
    assertEquals(before + 2, partition.log.committedIndex());
    assertEquals(
        2, assertInstanceOf(JobsActivated.class, askers.getFirst().answer()).jobs().size());
  }

  @Test
  void shouldAnswerAResultInALaterEntry() {
    // given
    partition.elect(0);
    partition.deploy(oneTask());
    Asker asker = partition.submit(createAwaiting("order"));
    partition.log.settle();
    assertFalse(asker.isTold());
    assertEquals(0, partition.replica(0).inFlight(), "it is not under way, it waits");

    // when
    partition.run(complete(partition.jobs("work").getFirst()));

    // then
    assertInstanceOf(Answer.InstanceCompleted.class, asker.answer());
  }

  @Test
  void shouldInterruptWhoeverWaitsForAResultIfTheLeadIsLost() {
    // given
    partition.elect(0);
    partition.deploy(oneTask());
    Asker asker = partition.submit(createAwaiting("order"));
    partition.log.settle();

    // when
    partition.elect(1);

    // then
    assertEquals(Reason.INTERRUPTED, asker.refusal());

    // when: the instance goes on and completes
    partition.run(complete(partition.jobs("work").getFirst()));

    // then
    assertEquals(1, asker.timesTold());
    partition.assertReplicasAgree();
  }

  @Test
  void shouldTellWhoeverWaitsForACancelledInstanceThatItIsInVain() {
    // given
    partition.elect(0);
    partition.deploy(oneTask());
    Asker asker = partition.submit(createAwaiting("order"));
    partition.log.settle();
    long instance = partition.jobs("work").getFirst().processInstanceKey();

    // when
    partition.run(new CancelProcessInstance(instance));

    // then
    assertEquals(Reason.TIMEOUT, asker.refusal());
  }

  @Test
  void shouldRunAnEntryOfAFormerLeaderWithoutAnsweringTwice() {
    // given
    partition.elect(0);
    partition.deploy(oneTask());
    Asker asker = partition.submit(create("order"));

    // when: the entry survives its leader
    partition.elect(1, 1);
    partition.log.settle();

    // then
    assertEquals(Reason.INTERRUPTED, asker.refusal());
    assertEquals(1, partition.jobs("work").size());
    partition.assertReplicasAgree();
  }

  /// An instance that is too much for one turn.
  private static ModelBuilder wide() {
    ModelBuilder model = ModelBuilder.process("wide").start("start").parallel("fork");
    for (int i = 0; i < 3_000; i++) model.at("fork").pass("p" + i);
    return model;
  }

  @Test
  void shouldGoOnInTheNextEntryWithWhatIsTooMuchForOneTurn() {
    // given
    partition.elect(0);
    partition.deploy(oneTask());
    partition.deploy(wide());
    long before = partition.log.committedIndex();
    partition.submit(create("wide"));
    partition.log.settle();
    long alone = partition.log.committedIndex() - before;
    assertTrue(alone > 1, "it takes " + alone + " entries");

    // when: others always have commands as well
    before = partition.log.committedIndex();
    partition.submit(create("wide"));
    for (int i = 1; i < alone; i++) {
      partition.submit(create("order"));
      partition.log.commit();
      partition.log.leader().apply();
    }
    partition.log.settle();

    // then
    assertEquals(alone, partition.log.committedIndex() - before);
  }

  @Test
  void shouldGoOnByItselfWithWhatIsTooMuchForOneTurn() {
    // given
    partition.elect(0);
    partition.deploy(wide());

    // when
    Asker asker = partition.submit(createAwaiting("wide"));
    partition.log.settle();

    // then
    assertInstanceOf(Answer.InstanceCompleted.class, asker.answer());
    partition.assertReplicasAgree();
  }

  @Test
  void shouldGoOnWithWhatAFormerLeaderLeft() {
    // given
    ModelBuilder model = ModelBuilder.process("wide").start("start").parallel("fork");
    for (int i = 0; i < 3_000; i++) model.at("fork").pass("p" + i);
    partition.elect(0);
    partition.deploy(model);
    partition.submit(create("wide"));
    partition.log.commit();
    partition.member(0).apply();

    // when
    partition.elect(1);
    partition.log.settle();

    // then: nothing is left to be done
    long index = partition.log.committedIndex();
    partition.log.settle();
    assertEquals(index, partition.log.committedIndex());
    partition.assertReplicasAgree();
    assertArrayEquals(partition.snapshot(0).bytes(), partition.snapshot(2).bytes());
  }

  @Test
  void shouldTriggerTimersWhenTheyAreDue() {
    // given
    partition.elect(0);
    partition.deploy(
        ModelBuilder.process("waiting").start("start").timer("wait", ModelBuilder.after("PT10S")));
    Asker asker = partition.submit(createAwaiting("waiting"));
    partition.log.settle();

    // when
    world.time.pass(9_999);
    partition.log.settle();

    // then
    assertFalse(asker.isTold());

    // when
    world.time.pass(1);
    partition.log.settle();

    // then
    assertInstanceOf(Answer.InstanceCompleted.class, asker.answer());
    assertEquals(0, world.time.scheduled());
  }

  @Test
  void shouldTriggerTimersOfAFormerLeader() {
    // given
    partition.elect(0);
    partition.deploy(
        ModelBuilder.process("waiting")
            .start("start")
            .timer("wait", ModelBuilder.after("PT10S"))
            .task("work"));
    partition.run(create("waiting"));

    // when
    partition.elect(1);
    world.time.pass(10_000);
    partition.log.settle();

    // then
    assertEquals(1, partition.jobs("work").size());
  }

  @Test
  void shouldLeadOnceItsLogIsOpenIfItWasElectedBefore() {
    // given
    var replica = new PartitionReplica(1, world.environment(0));
    replica.leading(7);
    Asker early = new Asker();
    replica.submit(create("order"), world.codec.encode(create("order")), null, early);
    assertEquals(Reason.NOT_LEADER, early.refusal());

    // when
    replica.opened(partition.member(0));

    // then
    assertEquals(PartitionRole.LEADER, world.membership.published.getLast().role());
    assertEquals(7, world.membership.published.getLast().term());
    replica.notLeading();
    assertEquals(PartitionRole.FOLLOWER, world.membership.published.getLast().role());
  }
}
