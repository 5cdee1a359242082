package io.skep.port.in;

import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Command;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import java.util.List;
import java.util.SplittableRandom;

/// Between brokers: delays, loses and repeats what is sent and what is answered, drawn from a seed.
final class LossyNetwork implements BrokerClient {
  private static final int LONGEST_DELAY_MS = 200;

  private final BrokerWorld world;
  private final SplittableRandom random;
  private final List<SimulatedPartition> partitions;

  /// Whether anything goes wrong.
  boolean faulty = true;

  /// @param partitions the first has the id 1
  LossyNetwork(BrokerWorld world, SplittableRandom random, List<SimulatedPartition> partitions) {
    this.world = world;
    this.random = random;
    this.partitions = partitions;
  }

  @Override
  public Dispatch send(
      Broker broker, int partitionId, Command command, long timeoutMs, Reply.Listener listener) {
    var once = new Once(listener);
    world.time.schedule(
        timeoutMs, () -> once.onReply(new Reply.Refused(Reason.TIMEOUT, "no answer", -1)));
    if (isLost()) return Dispatch.GONE;
    deliver(broker, partitionId, command, reply -> answer(once, reply));
    if (faulty && random.nextInt(4) == 0) deliver(broker, partitionId, command, _ -> {});
    return Dispatch.GONE;
  }

  private void deliver(Broker broker, int partitionId, Command command, Reply.Listener listener) {
    world.time.schedule(
        random.nextInt(LONGEST_DELAY_MS),
        () -> {
          SimulatedPartition partition = partitions.get(partitionId - 1);
          if (partition.isUp(broker.nodeId())) {
            partition
                .replica(broker.nodeId())
                .submit(command, world.codec.encode(command), null, listener);
          } else {
            listener.onReply(new Reply.Refused(Reason.UNREACHABLE, "down", -1));
          }
        });
  }

  private void answer(Reply.Listener listener, Reply reply) {
    if (isLost()) return;
    world.time.schedule(random.nextInt(LONGEST_DELAY_MS), () -> listener.onReply(reply));
  }

  private boolean isLost() {
    return faulty && random.nextInt(4) == 0;
  }

  @Override
  public void onJobsAvailable(JobsAvailable listener) {
    throw new UnsupportedOperationException("brokers do not wait for jobs");
  }

  private static final class Once implements Reply.Listener {
    private final Reply.Listener listener;
    private boolean told;

    Once(Reply.Listener listener) {
      this.listener = listener;
    }

    @Override
    public void onReply(Reply reply) {
      if (told) return;
      told = true;
      listener.onReply(reply);
    }
  }
}
