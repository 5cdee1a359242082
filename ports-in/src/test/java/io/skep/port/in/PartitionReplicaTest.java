package io.skep.port.in;

import static io.skep.port.in.SimulatedPartition.complete;
import static io.skep.port.in.SimulatedPartition.create;
import static io.skep.port.in.SimulatedPartition.createAwaiting;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Engine;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.expression.FakeExpression;
import io.skep.port.out.LogCodec;
import io.skep.port.out.Reply.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionReplicaTest {
  private final BrokerWorld world = new BrokerWorld(3, 1);
  private final SimulatedPartition partition = new SimulatedPartition(world, 1, 0, 1, 2);

  private static ModelBuilder task() {
    return ModelBuilder.process("order").start("start").task("work").end("end");
  }

  @Test
  void shouldRunCommandsOnEveryReplicaAndAnswerOnTheLeader() {
    // given
    partition.elect(0);
    partition.deploy(task());

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
  void shouldAnswerAResultInALaterEntry() {
    // given
    partition.elect(0);
    partition.deploy(task());
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
    partition.deploy(task());
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
    partition.deploy(task());
    Asker asker = partition.submit(createAwaiting("order"));
    partition.log.settle();
    long instance = partition.jobs("work").getFirst().processInstanceKey();

    // when
    partition.run(new CancelProcessInstance(instance));

    // then
    assertEquals(Reason.TIMEOUT, asker.refusal());
  }

  @Test
  void shouldComeToTheSameStateFromASnapshotAndTheRestOfTheLog() {
    // given
    partition.elect(0);
    partition.deploy(task());
    partition.submit(createAwaiting("order"));
    partition.run(create("order"));
    partition.log.settle();
    byte[] snapshot = partition.snapshot(1);
    long index = partition.log.committedIndex();
    partition.run(complete(partition.jobs("work").getFirst()));
    partition.run(create("order"));

    // when
    partition.crash(1, 0);
    partition.crash(2, 0);
    partition.start(1, snapshot, index);
    partition.start(2, null, 0);

    // then
    partition.assertReplicasAgree();
  }

  @Test
  void shouldLeadAfterARestartFromASnapshot() {
    // given
    partition.elect(0);
    partition.deploy(task());
    partition.run(create("order"));
    byte[] snapshot = partition.snapshot(0);
    long index = partition.log.committedIndex();

    // when
    partition.crash(0, 0);
    partition.start(0, snapshot, index);
    partition.elect(0);

    // then
    partition.run(complete(partition.jobs("work").getFirst()));
    partition.assertReplicasAgree();
  }

  @Test
  void shouldSayWhatIsWrongWithASnapshot() {
    // given
    partition.elect(0);
    partition.deploy(task());
    byte[] snapshot = partition.snapshot(0);
    byte[] broken = snapshot.clone();
    broken[Integer.BYTES]++;

    // then
    assertTrue(problemOf(Arrays.copyOf(snapshot, snapshot.length / 2)).contains("ends"));
    assertTrue(problemOf(Arrays.copyOf(snapshot, snapshot.length - 4)).contains("ends"));
    assertTrue(problemOf(new byte[] {-1, -1, -1, -1}).contains("chunk"));
    assertTrue(problemOf(broken).contains("format"));
  }

  private String problemOf(byte[] snapshot) {
    var replica = new PartitionReplica(1, world.environment(0));
    return assertThrows(
            IOException.class, () -> replica.restore(new ByteArrayInputStream(snapshot)))
        .getMessage();
  }

  @Test
  void shouldRunAnEntryOfAFormerLeaderWithoutAnsweringTwice() {
    // given
    partition.elect(0);
    partition.deploy(task());
    Asker asker = partition.submit(create("order"));

    // when: the entry survives its leader
    partition.elect(1, 1);
    partition.log.settle();

    // then
    assertEquals(Reason.INTERRUPTED, asker.refusal());
    assertEquals(1, partition.jobs("work").size());
    partition.assertReplicasAgree();
  }

  @Test
  void shouldGoOnByItselfWithWhatIsTooMuchForOneTurn() {
    // given
    ModelBuilder model = ModelBuilder.process("wide").start("start").parallel("fork");
    for (int i = 0; i < 3_000; i++) model.at("fork").pass("p" + i);
    partition.elect(0);
    partition.deploy(model);

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
    assertArrayEquals(partition.snapshot(0), partition.snapshot(2));
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

  @Test
  void shouldStopAtAnEntryOfANewerVersion() {
    // given
    var batch = new LogCodec.Batch(Engine.LOGIC_VERSION + 1, 1, 1, 1);
    byte[] entry = world.codec.encodeEntry(batch, List.of());

    // then
    var e =
        assertThrows(IllegalStateException.class, () -> partition.replica(0).apply(1, entry, null));
    assertTrue(e.getMessage().contains("newer version"), e::getMessage);
  }

  @Test
  void shouldNotLetAListenerThatFailsHarmOthers() {
    // given
    partition.elect(0);
    partition.deploy(task());
    byte[] encoded = world.codec.encode(create("order"));
    for (int i = 0; i < 3; i++) partition.submit(create("order"));
    partition
        .replica(0)
        .submit(
            create("order"),
            encoded,
            null,
            _ -> {
              throw new IllegalStateException("a broken connection");
            });
    Asker other = partition.submit(create("order"));

    // when
    partition.log.settle();

    // then
    assertInstanceOf(Answer.InstanceCreated.class, other.answer());
    assertEquals(1, world.errors.size());
    assertInstanceOf(Answer.InstanceCreated.class, partition.run(create("order")));
    assertEquals(1, other.timesTold());
  }

  @Test
  void shouldAnswerAndReportAFaultInTheEngine() {
    // given
    partition.elect(0);
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .pass("bad")
            .outputs(FakeExpression.faulty())
            .end("end"));

    // when
    var rejection = assertInstanceOf(Rejection.class, partition.run(create("order")));

    // then
    assertEquals(Rejection.Reason.PROCESSING_ERROR, rejection.reason());
    assertEquals(3, world.errors.size(), "on every replica");
    partition.assertReplicasAgree();
  }

  @Test
  void shouldTellTheOthersWhatItIs() {
    // given
    partition.elect(0);

    // when
    partition.replica(0).failed(new IOException("disk"));

    // then
    assertEquals(PartitionRole.INACTIVE, world.membership.published.getLast().role());
    assertFalse(world.membership.published.getLast().healthy());
    assertFalse(partition.replica(0).report().healthy());
    assertEquals(Reason.NOT_LEADER, partition.submit(0, create("order"), null).refusal());
  }
}
