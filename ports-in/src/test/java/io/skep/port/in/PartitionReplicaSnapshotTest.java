package io.skep.port.in;

import static io.skep.port.in.SimulatedPartition.complete;
import static io.skep.port.in.SimulatedPartition.create;
import static io.skep.port.in.SimulatedPartition.createAwaiting;
import static io.skep.port.in.SimulatedPartition.oneTask;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Replicas that start from a snapshot.
class PartitionReplicaSnapshotTest {
  private final BrokerWorld world = new BrokerWorld(3, 1);
  private final SimulatedPartition partition = new SimulatedPartition(world, 1, 0, 1, 2);

  @Test
  void shouldComeToTheSameStateFromASnapshotAndTheRestOfTheLog() {
    // given
    partition.elect(0);
    partition.deploy(oneTask());
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
    partition.deploy(oneTask());
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
    partition.deploy(oneTask());
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
}
