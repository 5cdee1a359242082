package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import io.skep.port.out.Reply.Reason;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailSenderTest {
  private final BrokerWorld world = new BrokerWorld(3, 3);
  private final SimulatedPartition partition = new SimulatedPartition(world, 1, 0, 1);
  private int deployments;

  @BeforeEach
  void lead() {
    partition.elect(0);
    world.membership.lead(2, 1);
    world.membership.lead(3, 2);
  }

  @Test
  void shouldSendToTheLeadersOfTheOtherPartitions() {
    // when
    Asker asker = deploy();

    // then
    assertEquals(List.of(2, 3), world.sent.partitions());
    assertEquals(List.of(1, 2), world.sent.sent.stream().map(FakeBrokers.Sent::nodeId).toList());
    assertEquals(1, messages(0).firstNumber());

    // when
    acknowledge(0, 1);
    acknowledge(1, 1);

    // then
    assertInstanceOf(Answer.ResourcesDeployed.class, asker.answer());
    assertEquals(2, world.sent.sent.size());
  }

  @Test
  void shouldSendOneDeliveryAtATime() {
    // given
    deploy();

    // when
    deploy();
    deploy();

    // then
    assertEquals(List.of(2, 3), world.sent.partitions());

    // when
    acknowledge(0, 1);

    // then: what has come together meanwhile
    assertEquals(List.of(2, 3, 2), world.sent.partitions());
    assertEquals(2, messages(2).firstNumber());
    assertEquals(2, messages(2).messages().size());
  }

  @Test
  void shouldSendVeryManyMessagesPieceByPiece() {
    // given
    deploy();
    for (int i = 0; i < 100; i++) deploy();

    // when
    acknowledge(0, 1);

    // then
    assertEquals(64, messages(2).messages().size());

    // when
    acknowledge(2, 65);

    // then
    assertEquals(66, messages(3).firstNumber());
    assertEquals(36, messages(3).messages().size());
  }

  @Test
  void shouldSendLargeMessagesInSeveralDeliveries() {
    // given
    deploy();
    for (int i = 0; i < 9; i++) deploy();

    partition.log.maxEntryBytes(10_000_000);

    // when
    world.codec.commandBytes = 300_000;
    acknowledge(0, 1);

    // then
    assertEquals(3, messages(2).messages().size());

    // when: each is larger than a delivery should be
    world.codec.commandBytes = 3_000_000;
    acknowledge(2, 4);

    // then
    assertEquals(5, messages(3).firstNumber());
    assertEquals(1, messages(3).messages().size());
  }

  @Test
  void shouldTellOnceOfMessagesThatAreNotTaken() {
    // given
    deploy();

    // when
    for (int i = 0; i < 5; i++) {
      world
          .sent
          .last()
          .answer(new Rejection(Rejection.Reason.EXCEEDED_BATCH_RECORD_SIZE, "too large"));
      world.time.pass(4_000);
    }

    // then
    assertEquals(7, world.sent.sent.size());
    assertEquals(1, world.errors.size(), world.errors::toString);
    assertTrue(world.errors.getFirst().contains("too large"), world.errors::toString);
  }

  @Test
  void shouldSendAgainUntilItIsAcknowledged() {
    // given
    deploy();

    // when
    world.sent.sent.getFirst().refuse(Reason.TIMEOUT);
    world.time.pass(60);

    // then
    assertEquals(List.of(2, 3, 2), world.sent.partitions());
    assertEquals(messages(0), messages(2));

    // when: the receiver's answer is that of an older state
    world.sent.last().answer(new Answer.MessagesReceived(0));
    world.time.pass(4_000);

    // then
    assertEquals(List.of(2, 3, 2, 2), world.sent.partitions());
  }

  @Test
  void shouldLearnOfAnotherLeader() {
    // given
    deploy();

    // when
    world.sent.sent.getFirst().refuse(Reason.NOT_LEADER, 2);
    world.time.pass(60);

    // then
    assertEquals(List.of("2 -> 2"), world.membership.corrections);
    assertEquals(2, world.sent.last().nodeId());
  }

  @Test
  void shouldWaitUntilAPartitionHasALeader() {
    // given
    world.membership.lead(2, -1);
    deploy();
    assertEquals(List.of(3), world.sent.partitions());

    // when
    world.membership.lead(2, 1);
    world.time.pass(10_000);

    // then
    assertEquals(List.of(3, 2), world.sent.partitions());
  }

  @Test
  void shouldLeaveItToTheNextLeader() {
    // given
    deploy();

    // when
    partition.elect(1);

    // then: it sends what is not acknowledged
    assertEquals(List.of(2, 3, 2, 3), world.sent.partitions());

    // when
    world.sent.sent.get(0).refuse(Reason.TIMEOUT);
    acknowledge(1, 1);
    world.time.pass(60_000);

    // then: the former leader is silent
    assertEquals(List.of(2, 3, 2, 3), world.sent.partitions());

    // when
    acknowledge(2, 1);
    acknowledge(3, 1);

    // then
    assertEquals(0, partition.state(1).mailboxes().get(2).unacknowledgedCount());
    assertEquals(0, partition.state(1).mailboxes().get(3).unacknowledgedCount());
    partition.assertReplicasAgree();
  }

  private Asker deploy() {
    String id = "p" + ++deployments;
    Asker asker =
        partition.submit(partition.deployment(ModelBuilder.process(id).start("start").end("end")));
    partition.log.settle();
    return asker;
  }

  private ReceiveMessages messages(int i) {
    return (ReceiveMessages) world.sent.sent.get(i).command();
  }

  private void acknowledge(int i, long upToNumber) {
    world.sent.sent.get(i).answer(new Answer.MessagesReceived(upToNumber));
    partition.log.settle();
  }
}
