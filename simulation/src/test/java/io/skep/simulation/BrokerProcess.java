package io.skep.simulation;

import dagger.BindsInstance;
import dagger.Component;
import io.skep.domain.cluster.PartitionDistribution.Replicas;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Record;
import io.skep.domain.expression.ProcessReader;
import io.skep.port.in.BrokerUseCasesModule;
import io.skep.port.in.DiskSettings;
import io.skep.port.in.Node;
import io.skep.port.in.PartitionCommands;
import io.skep.port.in.PartitionSettings;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.CheckpointStore.Image;
import io.skep.port.out.Clock;
import io.skep.port.out.DataDisk;
import io.skep.port.out.LogCodec;
import io.skep.port.out.Membership;
import io.skep.port.out.NoMetrics;
import io.skep.port.out.OperatorLog;
import io.skep.port.out.PartitionLog;
import io.skep.port.out.PartitionLogs;
import io.skep.port.out.PartitionMetrics;
import io.skep.port.out.RecordSink;
import io.skep.port.out.Replica;
import io.skep.port.out.Reply;
import io.skep.port.out.Scheduler;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A broker from its start to its crash.
final class BrokerProcess {
  private static final DiskSettings DISK = new DiskSettings(true, Duration.ofMillis(200), 100, 50);

  final int nodeId;
  final Machine machine;
  final Member member;
  final SimulatedClient client;
  private final Cluster cluster;
  private final Map<Integer, RaftMember> logs = new TreeMap<>();
  private final PartitionCommands partitions;

  @Singleton
  @Component(modules = BrokerUseCasesModule.class, dependencies = Ports.class)
  interface Broker {
    Node node();

    PartitionCommands partitions();

    @Component.Factory
    interface Factory {
      Broker create(
          Ports ports, @BindsInstance PartitionSettings settings, @BindsInstance DiskSettings disk);
    }
  }

  /// What it has in place of all adapters.
  record Ports(
      Clock clock,
      Scheduler scheduler,
      Membership membership,
      BrokerClient brokers,
      PartitionLogs logs,
      LogCodec codec,
      ProcessReader reader,
      RecordSink records,
      OperatorLog log,
      PartitionMetrics metrics,
      DataDisk disk) {}

  BrokerProcess(int nodeId, Machine machine, Member member, Cluster cluster) {
    this.nodeId = nodeId;
    this.machine = machine;
    this.member = member;
    this.cluster = cluster;
    this.client = new SimulatedClient(machine, cluster);
    var ports =
        new Ports(
            machine,
            Plants.scheduler(machine, cluster),
            member,
            client,
            this::open,
            Plants.codec(cluster),
            Plants.reader(nodeId, cluster),
            new Records(),
            new Operator(),
            NoMetrics.create(),
            new WatchedDisk());
    Broker broker =
        DaggerBrokerProcess_Broker.factory().create(ports, cluster.partitionSettings(nodeId), DISK);
    this.partitions = Plants.receiver(broker.partitions(), cluster);
    broker.node().start();
  }

  private PartitionLog open(Replicas partition, Replica replica) {
    int partitionId = partition.partitionId();
    var log =
        new RaftMember(
            nodeId,
            partition.members().size(),
            machine,
            cluster.random().split(),
            cluster.disk(nodeId, partitionId),
            replica,
            (to, message) -> cluster.send(this, to, partitionId, message),
            new Observer(partitionId),
            cluster.bugs());
    logs.put(partitionId, log);
    return log;
  }

  void submit(int partitionId, Command command, JobsAvailable session, Reply.Listener listener) {
    partitions.submit(partitionId, command, cluster.codec().encode(command), session, listener);
  }

  void sessionClosed(JobsAvailable session) {
    partitions.sessionClosed(session);
  }

  RaftMember log(int partitionId) {
    return logs.get(partitionId);
  }

  private final class Observer implements RaftMember.LogObserver {
    private final int partitionId;

    Observer(int partitionId) {
      this.partitionId = partitionId;
    }

    @Override
    public void snapshot(long index, Image state) {
      cluster.history().snapshot(partitionId, index, state);
    }

    @Override
    public void happened(Tally.What what) {
      cluster.tally().count(what);
    }
  }

  private final class WatchedDisk implements DataDisk {
    @Override
    public String directory() {
      return "/broker-" + nodeId;
    }

    @Override
    public long freeBytes() {
      if (!cluster.isDiskFull(nodeId)) return 1_000;
      cluster.tally().count(Tally.What.FULL_DISKS_SEEN);
      return 70;
    }
  }

  private final class Records implements RecordSink {
    @Override
    public void accept(int partitionId, List<Record> records) {
      cluster.history().accept(nodeId, partitionId, records);
    }

    @Override
    public boolean isOpen() {
      return true;
    }
  }

  /// What operators should look into must not happen, whatever else does.
  private final class Operator implements OperatorLog {
    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {}

    @Override
    public void error(String message, Throwable cause) {
      throw new AssertionError("broker " + nodeId + " complains: " + message, cause);
    }
  }
}
