package io.skep.port.in;

import static io.skep.port.in.SimulatedPartition.TENANT;
import static io.skep.port.in.SimulatedPartition.create;
import static io.skep.port.in.SimulatedPartition.createAwaiting;
import static io.skep.port.in.SimulatedPartition.oneTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import io.skep.domain.engine.signal.SignalCommand.BroadcastSignal;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How much waits on a partition, and that whoever brings more is told so.
class PartitionBoundsTest {
  private static final int AT_A_TIME = 500;

  @Test
  void shouldRefuseToAwaitResultsWhenManyAre() {
    // given
    var world = new BrokerWorld(1, 1);
    var partition = SimulatedPartition.alone(world);
    partition.deploy(oneTask());
    List<Asker> askers = awaitResults(partition, DeferredRequests.FULL);

    // when
    Asker refused = partition.submit(createAwaiting("order"));
    Asker notAwaited = partition.submit(create("order"));
    partition.log.settle();

    // then
    assertEquals(Reason.RESOURCE_EXHAUSTED, refused.refusal());
    String message = assertInstanceOf(Refused.class, refused.reply()).message();
    assertTrue(message.contains("10000") && message.contains("partition 1"), message);
    assertInstanceOf(Answer.InstanceCreated.class, notAwaited.answer());
    askers.forEach(asker -> assertFalse(asker.isTold()));

    // when: one of those who wait has given up, which is looked for once a second
    askers.getFirst().gone = true;
    world.time.pass(1_000);
    Asker taken = partition.submit(createAwaiting("order"));
    Asker tooMany = partition.submit(createAwaiting("order"));
    partition.log.settle();

    // then
    assertFalse(taken.isTold());
    assertFalse(tooMany.isTold(), "what is under way is not counted yet");
    assertEquals(Reason.RESOURCE_EXHAUSTED, partition.submit(createAwaiting("order")).refusal());
  }

  private static List<Asker> awaitResults(SimulatedPartition partition, int count) {
    var askers = new ArrayList<Asker>();
    while (askers.size() < count) {
      for (int i = 0; i < AT_A_TIME; i++) askers.add(partition.submit(createAwaiting("order")));
      partition.log.settle();
    }
    return askers;
  }

  @Test
  void shouldTakeNoNewWorkWhileManyMessagesWaitForAnotherPartition() {
    // given
    var world = new BrokerWorld(1, 2);
    var partition = new SimulatedPartition(world, 1, 0);
    partition.elect(0);
    world.membership.lead(2, 0);
    var signal = new BroadcastSignal("s", JsonObject.empty(), TENANT);
    for (int i = 0; i < MailSender.FULL; i += AT_A_TIME) {
      for (int k = 0; k < AT_A_TIME; k++) partition.submit(signal);
      partition.log.settle();
    }

    // when
    Asker refused = partition.submit(signal);
    Asker ofABroker = partition.submit(new ReceiveMessages(2, 1, List.of()));
    Asker deployed =
        partition.submit(partition.deployment(ModelBuilder.process("p").start("start").end("end")));
    partition.log.settle();

    // then
    assertEquals(Reason.RESOURCE_EXHAUSTED, refused.refusal());
    String message = assertInstanceOf(Refused.class, refused.reply()).message();
    assertTrue(message.contains("20000") && message.contains("for partition 2"), message);
    assertTrue(ofABroker.isTold());
    assertFalse(deployed.isTold(), "it waits for the other partition");

    // when: that takes some
    world.sent.sent.getFirst().answer(new Answer.MessagesReceived(64));
    partition.log.settle();
    Asker taken = partition.submit(signal);
    partition.log.settle();

    // then
    assertInstanceOf(Answer.Done.class, taken.answer());
  }
}
