package io.skep.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;
import io.skep.port.in.NodeStatus.DiskReport;
import io.skep.port.in.NodeStatus.PartitionReport;
import io.skep.port.out.PartitionMetrics.Work;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetersTest {
  private final MonitoringFixture monitoring = new MonitoringFixture();

  @AfterEach
  void stop() {
    monitoring.close();
  }

  @Test
  void shouldShowWhatPartitionsReportUnderTheNamesThatDashboardsRead() throws Exception {
    // given
    var meters = monitoring.partitions;

    // when
    meters.received(2);
    meters.dropped(2);
    meters.answered(2, 1_500_000);
    meters.applied(2, 3, 20, 1234, 70_000);
    meters.busy(2, Work.CHECKPOINT_STEP, 8_000_000);
    meters.job(2, "completed", "payment");
    meters.element(2, "activated", "SERVICE_TASK");
    meters.instance(2, "activated");
    meters.instance(2, "completed");
    meters.created(2);
    meters.incident(2, "created");
    meters.inFlight(2, 5, 100);
    meters.role(2, 3);

    // then
    shows("zeebe_received_request_count_total{partition=\"2\"} 1.0");
    shows("zeebe_dropped_request_count_total{partition=\"2\"} 1.0");
    shows("zeebe_stream_processor_latency_bucket{partition=\"2\",le=\"0.001\"} 0");
    shows("zeebe_stream_processor_latency_bucket{partition=\"2\",le=\"0.0025\"} 1");
    shows("zeebe_stream_processor_latency_count{partition=\"2\"} 1");
    shows(
        "zeebe_stream_processor_records_total{action=\"processed\",partition=\"2\",processor=\"engine\"} 3.0");
    shows(
        "zeebe_stream_processor_records_total{action=\"written\",partition=\"2\",processor=\"engine\"} 20.0");
    shows("zeebe_stream_processor_last_processed_position{partition=\"2\"} 1234.0");
    shows("zeebe_stream_processor_batch_processing_commands_sum{partition=\"2\"} 3.0");
    shows(
        "zeebe_stream_processor_batch_processing_duration_bucket{partition=\"2\",le=\"1.0E-4\"} 1");
    shows(
        "skep_partition_busy_seconds_bucket{partition=\"2\",work=\"checkpoint_step\",le=\"0.0075\"} 0");
    shows(
        "skep_partition_busy_seconds_bucket{partition=\"2\",work=\"checkpoint_step\",le=\"0.01\"} 1");
    shows("skep_partition_busy_seconds_max{partition=\"2\",work=\"checkpoint_step\"} 0.008");
    shows("zeebe_job_events_total{action=\"completed\",partition=\"2\",type=\"payment\"} 1.0");
    shows(
        "zeebe_element_instance_events_total{action=\"activated\",partition=\"2\",type=\"SERVICE_TASK\"} 1.0");
    shows("zeebe_process_instance_creations_total{partition=\"2\"} 1.0");
    shows(
        "zeebe_executed_instances_total{action=\"activated\",partition=\"2\",type=\"ROOT_PROCESS_INSTANCE\"} 1.0");
    shows("zeebe_incident_events_total{action=\"created\",partition=\"2\"} 1.0");
    shows("zeebe_backpressure_inflight_requests_count{partition=\"2\"} 5.0");
    shows("zeebe_backpressure_requests_limit{partition=\"2\"} 100.0");
    shows("atomix_role{partition=\"2\",partitionGroupName=\"raft-partition\"} 3.0");
  }

  @Test
  void shouldShowWhatAGatewayReports() throws Exception {
    // given
    var meters = monitoring.gateway;

    // when
    meters.started("CompleteJob");
    meters.ended("CompleteJob", "NOT_FOUND", 2_000_000);
    meters.started("CompleteJob");
    meters.ended("CompleteJob", "OK", 2_000_000);
    meters.waiting("payment", 3);
    meters.waiting("payment", 2);

    // then
    shows("grpc_server_started_total{grpc_method=\"CompleteJob\"} 2.0");
    shows("grpc_server_handled_total{grpc_code=\"OK\",grpc_method=\"CompleteJob\"} 1.0");
    shows("grpc_server_handled_total{grpc_code=\"NOT_FOUND\",grpc_method=\"CompleteJob\"} 1.0");
    shows("zeebe_gateway_total_requests_total{requestType=\"CompleteJob\"} 2.0");
    shows(
        "zeebe_gateway_failed_requests_total{error=\"NOT_FOUND\",requestType=\"CompleteJob\"} 1.0");
    shows("grpc_server_handled_latency_seconds_count{grpc_method=\"CompleteJob\"} 2");
    shows("zeebe_gateway_request_latency_count{requestType=\"CompleteJob\"} 2");
    shows("zeebe_long_polling_queued_current{type=\"payment\"} 2.0");
  }

  @Test
  void shouldShowHealthAndTopologyAsOfTheScrape() throws Exception {
    // given
    monitoring.status.partitions =
        List.of(
            new PartitionReport(1, "LEADER", 3, 40, 12, 11, 7, true),
            new PartitionReport(2, "FOLLOWER", 3, 41, 13, 13, 7, false));
    monitoring.topology =
        new Topology(
            List.of(
                new Broker(
                    4,
                    new Address("a", 1),
                    "1",
                    List.of(
                        new PartitionState(1, PartitionRole.LEADER, 3, true),
                        new PartitionState(2, PartitionRole.FOLLOWER, 3, true),
                        new PartitionState(3, PartitionRole.INACTIVE, 3, true)))),
            1,
            3,
            1);
    shows("zeebe_health{partition=\"2\"} 0.0");

    // when
    monitoring.status.partitions = monitoring.status.partitions.subList(0, 1);

    // then
    shows("zeebe_health{partition=\"1\"} 1.0");
    shows("zeebe_log_appender_last_committed_position{partition=\"1\"} 40.0");
    shows("atomix_partition_raft_commit_index{partition=\"1\"} 12.0");
    shows("zeebe_gateway_topology_partition_roles{broker=\"4\",partition=\"1\"} 3.0");
    shows("zeebe_gateway_topology_partition_roles{broker=\"4\",partition=\"2\"} 0.0");
    assertFalse(metrics().contains("zeebe_health{partition=\"2\"}"));
    assertFalse(metrics().contains("roles{broker=\"4\",partition=\"3\"}"));
  }

  @Test
  void shouldShowWhatIsFreeAndWhatShouldBe() throws Exception {
    // when
    monitoring.status.disks = List.of(new DiskReport("/data", 5_000, 2_000, 1_000, true, true));

    // then
    shows("disk_free_bytes{path=\"/data\"} 5000.0");
    shows("skep_disk_watermark_bytes{for=\"processing\",path=\"/data\"} 2000.0");
    shows("skep_disk_watermark_bytes{for=\"replication\",path=\"/data\"} 1000.0");
  }

  @Test
  void shouldShowTheProcessAndTheJvm() throws Exception {
    // when
    String metrics = metrics();

    // then
    for (var name :
        List.of(
            "jvm_memory_used_bytes{",
            "jvm_threads_live_threads ",
            "process_cpu_usage ",
            "process_uptime_seconds ",
            "process_files_open_files ",
            "system_cpu_count ")) {
      assertTrue(metrics.contains("\n" + name), name);
    }
  }

  @Test
  void shouldShareAMeterOnceALabelHasTooManyValues() throws Exception {
    // when
    for (int i = 0; i < 1000; i++) monitoring.partitions.job(1, "created", "type-" + i);

    // then
    long rows =
        metrics().lines().filter(line -> line.startsWith("zeebe_job_events_total{")).count();
    assertEquals(201, rows);
    shows("zeebe_job_events_total{action=\"created\",partition=\"1\",type=\"other\"} 800.0");
    monitoring.partitions.job(1, "created", "type-7");
    shows("zeebe_job_events_total{action=\"created\",partition=\"1\",type=\"type-7\"} 2.0");
  }

  @Test
  void shouldAddUpWaitingRequestsOfTypesThatShareAMeter() throws Exception {
    // given
    for (int i = 0; i < 200; i++) monitoring.gateway.waiting("type-" + i, 1);

    // when
    monitoring.gateway.waiting("more", 2);
    monitoring.gateway.waiting("yet more", 3);
    monitoring.gateway.waiting("more", 0);

    // then
    shows("zeebe_long_polling_queued_current{type=\"other\"} 3.0");
  }

  @Test
  void shouldFollowThePrometheusTextFormat() throws Exception {
    // given
    monitoring.partitions.job(1, "created", "quote\" back\\slash\nline");

    // when
    var wrong =
        metrics()
            .lines()
            .filter(line -> !line.startsWith("# HELP ") && !line.startsWith("# TYPE "))
            .filter(
                line ->
                    !line.matches(
                        "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-zA-Z_]\\w*=\"([^\"\\\\]|\\\\.)*\",?)*})? "
                            + "(NaN|[+-]Inf|[-+0-9.eE]+)"))
            .toList();

    // then
    assertEquals(List.of(), wrong);
  }

  private void shows(String line) throws Exception {
    String metrics = metrics();
    assertTrue(metrics.lines().anyMatch(line::equals), () -> line + " is missing in\n" + metrics);
  }

  private String metrics() throws Exception {
    return monitoring.read("/metrics").body();
  }
}
