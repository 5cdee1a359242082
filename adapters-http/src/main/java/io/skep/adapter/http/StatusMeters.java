package io.skep.adapter.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.skep.domain.cluster.Broker;
import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
import io.skep.port.in.NodeStatus;
import io.skep.port.in.NodeStatus.DiskReport;
import io.skep.port.in.NodeStatus.PartitionReport;
import io.skep.port.in.TopologyQuery;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// What is asked for at the time of a scrape rather than reported as it happens.
@Singleton
final class StatusMeters {
  private final NodeStatus status;
  private final TopologyQuery topology;
  private final MultiGauge health;
  private final MultiGauge processed;
  private final MultiGauge commitIndex;
  private final MultiGauge roles;
  private final MultiGauge diskFree;
  private final MultiGauge diskWatermark;

  @Inject
  StatusMeters(MeterRegistry registry, NodeStatus status, TopologyQuery topology) {
    this.status = status;
    this.topology = topology;
    health = MultiGauge.builder("zeebe_health").register(registry);
    // What a replica has run is what was committed: it runs nothing else.
    processed = MultiGauge.builder("zeebe_log_appender_last_committed_position").register(registry);
    commitIndex = MultiGauge.builder("atomix_partition_raft_commit_index").register(registry);
    roles = MultiGauge.builder("zeebe_gateway_topology_partition_roles").register(registry);
    diskFree = MultiGauge.builder("disk_free").baseUnit("bytes").register(registry);
    diskWatermark = MultiGauge.builder("skep_disk_watermark").baseUnit("bytes").register(registry);
  }

  void refresh() {
    var partitions = status.partitions();
    register(health, partitions, report -> report.healthy() ? 1 : 0);
    register(processed, partitions, PartitionReport::processedPosition);
    register(commitIndex, partitions, PartitionReport::committedIndex);
    disks(status.disks());
    var rows = new ArrayList<Row<?>>();
    for (Broker broker : topology.topology().brokers()) {
      for (PartitionState partition : broker.partitions()) {
        if (partition.role() == PartitionRole.INACTIVE) continue;
        rows.add(
            Row.of(
                Tags.of(
                    "partition", Integer.toString(partition.partitionId()),
                    "broker", Integer.toString(broker.nodeId())),
                partition.role() == PartitionRole.LEADER ? 3 : 0));
      }
    }
    roles.register(rows, true);
  }

  private void disks(List<DiskReport> disks) {
    var free = new ArrayList<Row<?>>();
    var watermarks = new ArrayList<Row<?>>();
    for (DiskReport disk : disks) {
      Tags path = Tags.of("path", disk.directory());
      free.add(Row.of(path, disk.freeBytes()));
      watermarks.add(Row.of(path.and("for", "processing"), disk.processingBytes()));
      watermarks.add(Row.of(path.and("for", "replication"), disk.replicationBytes()));
    }
    diskFree.register(free, true);
    diskWatermark.register(watermarks, true);
  }

  private static void register(
      MultiGauge gauge, List<PartitionReport> partitions, ToLongFunction<PartitionReport> value) {
    var rows = new ArrayList<Row<?>>();
    for (PartitionReport report : partitions) {
      rows.add(
          Row.of(
              Tags.of("partition", Integer.toString(report.partitionId())),
              value.applyAsLong(report)));
    }
    gauge.register(rows, true);
  }
}
