package io.skep.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.port.in.NodeStatus.Check;
import io.skep.port.in.NodeStatus.PartitionReport;
import io.skep.port.in.NodeStatus.Report;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What there is to see and to do.
@Timeout(60)
class MonitoringPagesTest {
  @AutoClose private final MonitoringFixture monitoring = new MonitoringFixture();

  @Test
  void shouldShowWhatTheClusterShouldLookLike() throws Exception {
    // when
    var page = monitoring.read("/actuator/cluster");

    // then
    assertEquals(200, page.statusCode());
    assertTrue(
        page.body()
            .startsWith(
                "{\"version\":1,\"brokers\":[{\"id\":0,\"state\":\"ACTIVE\",\"version\":1,\"partitions\":["
                    + "{\"id\":1,\"state\":\"ACTIVE\",\"priority\":2},"
                    + "{\"id\":3,\"state\":\"ACTIVE\",\"priority\":1}]},{\"id\":1,"),
        page::body);
  }

  @Test
  void shouldRebalanceWhenToldTo() throws Exception {
    // when
    var told = monitoring.send("POST", "/actuator/rebalance");
    var looked = monitoring.send("GET", "/actuator/rebalance");

    // then
    assertEquals(200, told.statusCode());
    assertEquals(405, looked.statusCode());
    assertEquals("POST", looked.headers().firstValue("Allow").orElseThrow());
    assertEquals(1, monitoring.plan.rebalanced);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ready",
        "/health",
        "/startup",
        "/actuator/health",
        "/actuator/health/readiness",
        "/actuator/health/startup",
        "/actuator/health/status",
        "/actuator/health/liveness"
      })
  void shouldAnswerProbesDirectlyWithTheirStatus(String path) throws Exception {
    // given
    var down = new Report(List.of(new Check("brokerReady", false, "partition 2 is not open")));

    // when
    var up = monitoring.read(path);
    monitoring.status.startup = down;
    monitoring.status.readiness = down;
    monitoring.status.health = down;
    monitoring.status.liveness = down;
    var missing = monitoring.read(path);

    // then
    assertEquals(200, up.statusCode());
    assertTrue(up.body().startsWith("{\"status\":\"UP\",\"components\":{"), up.body());
    assertEquals(503, missing.statusCode());
    assertEquals(
        "{\"status\":\"DOWN\",\"missing\":[\"brokerReady: partition 2 is not open\"],"
            + "\"components\":{\"brokerReady\":{\"status\":\"DOWN\",\"details\":"
            + "{\"missing\":\"partition 2 is not open\"}}}}",
        missing.body());
    assertEquals("application/json", missing.headers().firstValue("content-type").orElse(""));
  }

  @Test
  void shouldTellEachProbeFromTheOthers() throws Exception {
    // given
    monitoring.status.readiness = new Report(List.of(new Check("brokerReady", false, "wait")));

    // when
    var ready = monitoring.read("/ready");
    var startup = monitoring.read("/startup");

    // then
    assertEquals(503, ready.statusCode());
    assertEquals(200, startup.statusCode());
    assertTrue(startup.body().contains("brokerStartup"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/actuator/prometheus", "/metrics?name=x", "/metrics/"})
  void shouldShowMetricsAsPrometheusText(String path) throws Exception {
    // given
    monitoring.partitions.received(1);

    // when
    var response = monitoring.read(path);

    // then
    assertEquals(200, response.statusCode());
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        response.headers().firstValue("content-type").orElse(""));
    assertTrue(
        response.body().contains("zeebe_received_request_count_total{partition=\"1\"} 1.0\n"),
        response.body());
  }

  @Test
  void shouldShowPartitionsAndConfiguration() throws Exception {
    // given
    monitoring.status.partitions =
        List.of(new PartitionReport(1, "LEADER", 3, 40, 12, 11, 7, true));

    // when
    var partitions = monitoring.read("/actuator/partitions");
    var configuration = monitoring.read("/actuator/configprops");
    var info = monitoring.read("/actuator/info");

    // then
    assertEquals(
        "{\"1\":{\"role\":\"LEADER\",\"term\":3,\"processedPosition\":40,\"committedIndex\":12,"
            + "\"appliedIndex\":11,\"snapshotIndex\":7,\"health\":\"HEALTHY\"}}",
        partitions.body());
    assertEquals(
        "{\"properties\":{\"zeebe.broker.cluster.nodeId\":"
            + "{\"value\":\"0\",\"source\":\"default\"}}}",
        configuration.body());
    assertEquals(
        "{\"build\":{\"group\":\"io.skep\",\"name\":\"Skep\",\"version\":\"1.2.3\"}}", info.body());
  }
}
