package io.skep.port.in;

import static io.skep.port.in.SimulatedPartition.create;
import static io.skep.port.in.SimulatedPartition.oneTask;
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
import io.skep.domain.expression.FakeExpression;
import io.skep.port.out.LogCodec;
import io.skep.port.out.Reply.Reason;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a replica does about faults of others and of its own.
class PartitionReplicaFaultsTest {
  private final BrokerWorld world = new BrokerWorld(3, 1);
  private final SimulatedPartition partition = new SimulatedPartition(world, 1, 0, 1, 2);

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
    partition.deploy(oneTask());
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
