package io.skep.port.in;

import static io.skep.port.in.SimulatedPartition.TENANT;
import static io.skep.port.in.SimulatedPartition.complete;
import static io.skep.port.in.SimulatedPartition.create;
import static io.skep.port.in.SimulatedPartition.oneTask;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.NoMetrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What metrics are told of the life of instances.
class EngineObserverTest {
  private final Instances instances = new Instances();

  /// What was reported, of all brokers together.
  private static final class Instances implements NoMetrics {
    final List<String> reported = new ArrayList<>();

    @Override
    public void created(int partitionId) {
      reported.add("created");
    }

    @Override
    public void instance(int partitionId, String action) {
      reported.add(action);
    }
  }

  @Test
  void shouldCountAnInstanceOnceHoweverManyReplicasRunIt() {
    // given
    var partition = partition(0, 1, 2);
    partition.deploy(oneTask());

    // when
    partition.run(create("order"));
    partition.run(complete(partition.jobs("work").getFirst()));
    partition.assertReplicasAgree();

    // then
    assertEquals(List.of("created", "activated", "completed"), instances.reported);
  }

  @Test
  void shouldNotCountAsCreatedWhatAMessageStarts() {
    // given
    var partition = partition(0);
    partition.deploy(ModelBuilder.process("mail").startOnMessage("start", "arrived").end("end"));

    // when
    partition.run(new PublishMessage("arrived", "", 0, "", JsonObject.empty(), TENANT));

    // then
    assertEquals(List.of("activated", "completed"), instances.reported);
  }

  private SimulatedPartition partition(int... nodeIds) {
    var world = new BrokerWorld(nodeIds.length, 1);
    world.metrics = instances;
    var partition = new SimulatedPartition(world, 1, nodeIds);
    partition.elect(0);
    return partition;
  }
}
