package io.skep.port.in;

import static io.skep.port.in.SimulatedPartition.activate;
import static io.skep.port.in.SimulatedPartition.complete;
import static io.skep.port.in.SimulatedPartition.create;
import static io.skep.port.in.SimulatedPartition.oneTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a partition does while there is no room on the disk: nothing, and afterwards all of it.
class FullDiskTest {
  private final BrokerWorld world = new BrokerWorld(2, 1);
  private final SimulatedPartition partition = new SimulatedPartition(world, 1, 0, 1);
  private final FakeDisk disk = world.disks.get(0);

  @BeforeEach
  void lead() {
    partition.elect(0);
    disk.room.onChange(partition.replica(0)::roomChanged);
    disk.room.start();
  }

  private void fill() {
    disk.freeBytes = 60;
    world.time.pass(FakeDisk.INTERVAL_MS);
  }

  private void clear() {
    disk.freeBytes = 1_000;
    world.time.pass(FakeDisk.INTERVAL_MS);
    partition.log.settle();
  }

  @Test
  void shouldRefuseCommandsAndSayWhy() {
    // given
    partition.deploy(oneTask());
    fill();

    // when
    Asker asker = partition.submit(create("order"));

    // then
    assertEquals(Reason.RESOURCE_EXHAUSTED, asker.refusal());
    String message = assertInstanceOf(Refused.class, asker.reply()).message();
    assertTrue(message.contains("at least 100 bytes free on the disk of '/data'"), message);
    assertTrue(message.contains("there are 60"), message);
    assertTrue(message.contains("partition 1"), message);

    // when
    clear();

    // then
    assertInstanceOf(Answer.InstanceCreated.class, partition.run(create("order")));
  }

  @Test
  void shouldRefuseToEndWorkAsWell() {
    // given
    partition.deploy(oneTask());
    partition.run(create("order"));
    ActivatedJob job = partition.jobs("work").getFirst();
    fill();

    // when
    Asker asker = partition.submit(complete(job));

    // then
    assertEquals(Reason.RESOURCE_EXHAUSTED, asker.refusal());

    // when
    clear();

    // then
    assertInstanceOf(Answer.Done.class, partition.run(complete(job)));
  }

  @Test
  void shouldPointToTheLeaderRatherThanToItsOwnDisk() {
    // given
    partition.elect(1);

    // when
    fill();

    // then
    assertEquals(Reason.NOT_LEADER, partition.submit(0, create("order"), null).refusal());
  }

  @Test
  void shouldLetTimersWaitForRoom() {
    // given
    partition.deploy(
        ModelBuilder.process("waiting")
            .start("start")
            .timer("wait", ModelBuilder.after("PT10S"))
            .task("work")
            .end("end"));
    partition.run(create("waiting"));
    fill();

    // when
    long position = partition.replica(0).report().processedPosition();
    world.time.pass(30_000);
    partition.log.settle();

    // then
    assertEquals(position, partition.replica(0).report().processedPosition());

    // when
    clear();

    // then
    assertEquals(1, partition.jobs("work").size());
    partition.assertReplicasAgree();
  }

  @Test
  void shouldPushToStreamsWhatCameUpBeforeTheDiskWasFull() {
    // given
    partition.deploy(oneTask());
    var session = new FakeSession();
    var stream =
        partition.submit(
            0,
            new StreamJobs(
                1,
                "work",
                "worker",
                60_000,
                List.of(),
                List.of(SimulatedPartition.TENANT),
                1_000_000,
                List.of()),
            session);
    Asker creation = partition.submit(create("order"));

    // when
    fill();
    partition.log.settle();

    // then
    assertInstanceOf(Answer.InstanceCreated.class, creation.answer());
    assertFalse(stream.isTold());

    // when
    clear();

    // then
    assertEquals(1, assertInstanceOf(Answer.JobsActivated.class, stream.answer()).jobs().size());
  }

  @Test
  void shouldLetRequestsWaitThatFindNoJobs() {
    // given
    fill();

    // when
    Asker asker = partition.submit(0, activate("work"), new FakeSession());

    // then
    assertEquals(List.of(), assertInstanceOf(Answer.JobsActivated.class, asker.answer()).jobs());
  }

  @Test
  void shouldNotBeWellWithoutRoom() {
    // given
    assertTrue(partition.replica(0).report().healthy());

    // when
    fill();

    // then
    assertFalse(partition.replica(0).report().healthy());
    assertEquals("LEADER", partition.replica(0).report().role());
    assertFalse(world.membership.published.getLast().healthy());

    // when
    clear();

    // then
    assertTrue(partition.replica(0).report().healthy());
    assertTrue(world.membership.published.getLast().healthy());
  }
}
