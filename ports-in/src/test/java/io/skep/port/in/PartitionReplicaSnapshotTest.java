package io.skep.port.in;

import static io.skep.port.in.SimulatedPartition.complete;
import static io.skep.port.in.SimulatedPartition.create;
import static io.skep.port.in.SimulatedPartition.createAwaiting;
import static io.skep.port.in.SimulatedPartition.oneTask;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.port.out.CheckpointStore;
import io.skep.port.out.CheckpointStore.Image;
import java.io.IOException;
import java.util.Arrays;
import java.util.TreeMap;
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
    Image snapshot = partition.snapshot(1);
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
    Image snapshot = partition.snapshot(0);
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
    partition.run(create("order"));
    Image image = partition.snapshot(0);
    byte[] head = image.head();
    byte[] newer = head.clone();
    newer[0] += 2;
    var cut = new TreeMap<>(image.records());
    cut.replaceAll((_, bytes) -> Arrays.copyOf(bytes, bytes.length - 1));

    // then
    assertTrue(
        problemOf(Arrays.copyOf(head, head.length / 2), image.records()).contains("Expected"));
    assertTrue(problemOf(newer, image.records()).contains("newer version"));
    assertTrue(problemOf(head, cut).contains("Expected"));
  }

  private String problemOf(byte[] head, TreeMap<Long, byte[]> records) {
    var replica = new PartitionReplica(1, world.environment(0));
    var store = CheckpointStore.of(new Image(head, records));
    return assertThrows(IOException.class, () -> replica.restore(store.stored())).getMessage();
  }
}
