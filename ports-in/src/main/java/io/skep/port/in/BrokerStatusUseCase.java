package io.skep.port.in;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a broker is.
@Singleton
final class BrokerStatusUseCase implements NodeStatus {
  private static final Check ALIVE = new Check("brokerLive", true, "");

  private final StartProgress start;
  private final PartitionStatuses partitions;
  private final DiskRoomUseCase disk;
  private volatile boolean wasReady;

  @Inject
  BrokerStatusUseCase(StartProgress start, PartitionStatuses partitions, DiskRoomUseCase disk) {
    this.start = start;
    this.partitions = partitions;
    this.disk = disk;
  }

  @Override
  public Report startup() {
    return new Report(List.of(start.check("brokerStartup")));
  }

  /// Ready once all partitions take part, and for ever after: a broker that loses a partition must
  /// not lose its clients for the others as well.
  @Override
  public Report readiness() {
    return new Report(List.of(ready()));
  }

  @Override
  public Report health() {
    return new Report(
        Stream.concat(Stream.of(ready(), start.check("brokerStartup")), well()).toList());
  }

  /// Always alive while it answers. Whoever asks restarts what is not alive, and no restart would
  /// make a recovery shorter or a disk larger.
  @Override
  public Report liveness() {
    return new Report(List.of(ALIVE));
  }

  @Override
  public List<PartitionReport> partitions() {
    return partitions.all();
  }

  @Override
  public List<DiskReport> disks() {
    return disk.reports();
  }

  private Check ready() {
    if (!wasReady) {
      var reports = partitions.all();
      var missing =
          reports.stream()
              .filter(partition -> partition.role().equals("INACTIVE"))
              .map(partition -> Integer.toString(partition.partitionId()))
              .collect(Collectors.joining(", "));
      if (reports.isEmpty()) return new Check("brokerReady", false, "no partition is open");
      if (!missing.isEmpty()) {
        return new Check("brokerReady", false, "partitions that do not take part: " + missing);
      }
      if (!start.isThrough()) return new Check("brokerReady", false, "the start is not through");
      wasReady = true;
    }
    return new Check("brokerReady", true, "");
  }

  private Stream<Check> well() {
    var reports = partitions.all();
    var ill =
        reports.stream()
            .filter(partition -> !partition.healthy())
            .map(partition -> Integer.toString(partition.partitionId()))
            .collect(Collectors.joining(", "));
    boolean enough = disk.isEnoughToProcess();
    return Stream.of(
        new Check("diskSpace", enough, enough ? "" : disk.shortage()),
        ill.isEmpty()
            ? new Check("brokerStatus", true, "")
            : new Check("brokerStatus", false, "partitions that are not well: " + ill));
  }
}
