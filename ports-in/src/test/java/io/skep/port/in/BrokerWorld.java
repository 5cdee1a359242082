package io.skep.port.in;

import io.skep.domain.cluster.PartitionDistribution;
import io.skep.domain.engine.FakeResources;
import io.skep.domain.engine.Record;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.NoMetrics;
import io.skep.port.out.OperatorLog;
import io.skep.port.out.RecordSink;
import io.skep.port.out.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What all simulated brokers share: time, files, the network, and who is in the cluster.
final class BrokerWorld {
  final SimulatedTime time = new SimulatedTime();
  final FakeCodec codec = new FakeCodec();
  final FakeResources resources = new FakeResources();
  final FakeMembership membership;
  final FakeBrokers sent = new FakeBrokers();

  /// What operators should look into.
  final List<String> errors = new ArrayList<>();

  /// Where brokers send to, to be set before they do. At first messages stay in [#sent].
  BrokerClient network = sent;

  /// What all brokers report to, to be set before they start.
  NoMetrics metrics = NoMetrics.create();

  /// Where all brokers send records, to be set before they start.
  RecordSink records = new ClosedSink();

  private LeaderCalls leaders;

  /// By node id.
  final Map<Integer, FakeDisk> disks = new TreeMap<>();

  private final int brokers;
  private final int partitions;
  private int maxInFlight = 1_000;

  BrokerWorld(int brokers, int partitions) {
    this.brokers = brokers;
    this.partitions = partitions;
    membership = new FakeMembership(brokers, partitions);
  }

  void maxInFlight(int commands) {
    maxInFlight = commands;
  }

  private FakeDisk disk(int nodeId) {
    return new FakeDisk(time, new Operator());
  }

  private LeaderCalls leaders() {
    if (leaders == null) leaders = new LeaderCalls(network, membership, time);
    return leaders;
  }

  PartitionEnvironment environment(int nodeId) {
    return environment(nodeId, time);
  }

  PartitionEnvironment environment(int nodeId, Scheduler scheduler) {
    return new PartitionEnvironment(
        new PartitionSettings(
            nodeId,
            brokers,
            partitions,
            brokers,
            PartitionDistribution.roundRobin(brokers, partitions, brokers),
            LimitSettings.fixed(maxInFlight),
            0,
            Duration.ofSeconds(1)),
        resources,
        codec,
        time,
        scheduler,
        membership,
        this::leaders,
        metrics,
        records,
        disks.computeIfAbsent(nodeId, this::disk).room,
        new Operator());
  }

  private final class Operator implements OperatorLog {
    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {
      errors.add(message);
    }

    @Override
    public void error(String message, Throwable cause) {
      errors.add(message);
    }
  }

  private static final class ClosedSink implements RecordSink {
    @Override
    public void accept(int partitionId, List<Record> records) {
      throw new UnsupportedOperationException("nobody wants records");
    }

    @Override
    public boolean isOpen() {
      return false;
    }
  }
}
