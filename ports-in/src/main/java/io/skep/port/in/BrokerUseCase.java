package io.skep.port.in;

import static java.util.Objects.requireNonNull;

import io.skep.domain.cluster.PartitionDistribution;
import io.skep.domain.cluster.PartitionDistribution.Replicas;
import io.skep.domain.engine.Command;
import io.skep.port.in.NodeStatus.PartitionReport;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.PartitionLogs;
import io.skep.port.out.Reply;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A broker: the partitions it holds, from start to stop.
@Singleton
final class BrokerUseCase implements Node, PartitionCommands, PartitionStatuses, ClusterPlan {
  private static final long LOOK_MS = 5;

  private final PartitionEnvironment environment;
  private final PartitionLogs logs;
  private final List<Replicas> held;
  private final Map<Integer, PartitionReplica> replicas = new TreeMap<>();

  @Inject
  BrokerUseCase(PartitionEnvironment environment, PartitionLogs logs) {
    this.environment = environment;
    this.logs = logs;
    PartitionSettings settings = environment.settings();
    held = settings.distribution().of(settings.nodeId());
    for (Replicas partition : held) {
      replicas.put(
          partition.partitionId(), new PartitionReplica(partition.partitionId(), environment));
    }
  }

  @Override
  public void start() {
    environment.disk().onChange(() -> replicas.values().forEach(PartitionReplica::roomChanged));
    environment.disk().start();
    for (Replicas partition : held) {
      PartitionReplica replica = replicas.get(partition.partitionId());
      replica.opened(logs.open(partition, replica));
    }
  }

  @Override
  public void stop() {
    replicas.values().forEach(PartitionReplica::stopIntake);
    awaitAnswers();
    // Each takes a while, since it hands over its lead.
    var closing = new ArrayList<Thread>();
    for (PartitionReplica replica : replicas.values())
      closing.add(Thread.startVirtualThread(replica::close));
    for (Thread thread : closing) join(thread);
    environment.disk().stop();
  }

  private void awaitAnswers() {
    long deadline =
        environment.clock().nanoTime() + environment.settings().drainTimeout().toNanos();
    while (environment.clock().nanoTime() < deadline
        && replicas.values().stream().anyMatch(replica -> replica.inFlight() > 0)) {
      try {
        Thread.sleep(LOOK_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void submit(
      int partitionId,
      Command command,
      byte[] encoded,
      JobsAvailable session,
      Reply.Listener listener) {
    PartitionReplica replica = replicas.get(partitionId);
    if (replica == null) {
      listener.onReply(
          new Reply.Refused(
              Reply.Reason.NOT_LEADER,
              "Expected this broker to hold partition %d, but it holds %s"
                  .formatted(partitionId, replicas.keySet()),
              -1));
      return;
    }
    replica.submit(command, encoded, requireNonNull(session), listener);
  }

  @Override
  public void sessionClosed(JobsAvailable session) {
    replicas.values().forEach(replica -> replica.forget(session));
  }

  @Override
  public PartitionDistribution distribution() {
    return environment.settings().distribution();
  }

  @Override
  public void rebalance() {
    replicas.values().forEach(PartitionReplica::rebalance);
  }

  @Override
  public List<PartitionReport> all() {
    return replicas.values().stream().map(PartitionReplica::report).toList();
  }
}
