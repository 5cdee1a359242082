package io.skep.adapter.http;

import io.skep.adapter.http.MonitoringSettings.Property;
import io.skep.port.in.NodeStatus;
import io.skep.port.in.NodeStatus.Check;
import io.skep.port.in.NodeStatus.PartitionReport;
import io.skep.port.in.NodeStatus.Report;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How the process is, in the form that Zeebe's management endpoints have.
@Singleton
final class StatusPages {
  private final NodeStatus status;
  private final MonitoringSettings settings;

  @Inject
  StatusPages(NodeStatus status, MonitoringSettings settings) {
    this.status = status;
    this.settings = settings;
  }

  Response startup() {
    return page(status.startup());
  }

  Response readiness() {
    return page(status.readiness());
  }

  Response health() {
    return page(status.health());
  }

  Response liveness() {
    return page(status.liveness());
  }

  /// 200 if all is up and 503 if not: probes look at nothing else.
  private static Response page(Report report) {
    var components = new LinkedHashMap<String, Object>();
    for (Check check : report.checks()) {
      components.put(
          check.name(),
          check.isUp()
              ? Map.of("status", "UP")
              : fields("status", "DOWN", "details", Map.of("missing", check.detail())));
    }
    var missing =
        report.checks().stream()
            .filter(check -> !check.isUp())
            .map(check -> check.name() + ": " + check.detail())
            .toList();
    return report.isUp()
        ? Response.json(200, fields("status", "UP", "components", components))
        : Response.json(
            503, fields("status", "DOWN", "missing", missing, "components", components));
  }

  Response info() {
    return Response.json(
        200,
        Map.of("build", fields("group", "io.skep", "name", "Skep", "version", settings.version())));
  }

  Response partitions() {
    var partitions = new LinkedHashMap<String, Object>();
    for (PartitionReport report : status.partitions()) {
      partitions.put(
          Integer.toString(report.partitionId()),
          fields(
              "role", report.role(),
              "term", report.term(),
              "processedPosition", report.processedPosition(),
              "committedIndex", report.committedIndex(),
              "appliedIndex", report.appliedIndex(),
              "snapshotIndex", report.snapshotIndex(),
              "health", report.healthy() ? "HEALTHY" : "UNHEALTHY"));
    }
    return Response.json(200, partitions);
  }

  Response configuration() {
    var properties = new LinkedHashMap<String, Object>();
    for (Property property : settings.properties()) {
      properties.put(
          property.key(), fields("value", property.value(), "source", property.source()));
    }
    return Response.json(200, Map.of("properties", properties));
  }

  static Response index(List<String> paths) {
    return Response.json(200, Map.of("paths", paths));
  }

  /// Fields in the given order: names and values take turns.
  private static Map<String, Object> fields(Object... namesAndValues) {
    var fields = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
