package io.skep.adapter.http;

import io.skep.port.in.ClusterPlan;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Which page lies at which path. The short paths are answered straight and not by a redirect,
/// because some probes do not follow one.
@Singleton
final class Endpoints {
  private final Map<String, Supplier<Response>> pages = new LinkedHashMap<>();

  /// What is done by a POST.
  private final Map<String, Supplier<Response>> actions = new LinkedHashMap<>();

  @Inject
  Endpoints(StatusPages status, MetricsPage metrics, Optional<ClusterPlan> plan) {
    at(metrics::page, "/metrics", "/actuator/prometheus");
    at(status::readiness, "/ready", "/actuator/health/readiness");
    at(status::startup, "/startup", "/actuator/health/startup");
    at(status::health, "/health", "/actuator/health/status", "/actuator/health");
    at(status::liveness, "/actuator/health/liveness");
    at(status::info, "/actuator/info");
    at(status::partitions, "/actuator/partitions");
    at(status::configuration, "/actuator/configprops");
    plan.map(ClusterPages::new)
        .ifPresent(
            cluster -> {
              at(cluster::cluster, "/actuator/cluster");
              actions.put("/actuator/rebalance", cluster::rebalance);
            });
    List<String> paths = new ArrayList<>(pages.keySet());
    paths.addAll(actions.keySet());
    at(() -> StatusPages.index(paths), "/", "/actuator");
  }

  private void at(Supplier<Response> page, String... paths) {
    for (String path : paths) pages.put(path, page);
  }

  /// @param method such as `GET`
  /// @param target as it came: a path, perhaps with a query, which is ignored
  Response answer(String method, String target) {
    String path = path(target);
    Supplier<Response> action = actions.get(path);
    if (action != null) {
      return method.equals("POST") ? action.get() : notAllowed(method, path, "POST", "POST");
    }
    Supplier<Response> page = pages.get(path);
    if (page == null) {
      return Response.error(
          404,
          "Not Found",
          path,
          "Expected one of %s".formatted(String.join(", ", pages.keySet())));
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return notAllowed(method, path, "GET or HEAD", "GET, HEAD");
    }
    return page.get();
  }

  private static Response notAllowed(String method, String path, String expected, String allow) {
    return Response.error(
            405,
            "Method Not Allowed",
            path,
            "Expected %s, but it is %s".formatted(expected, method))
        .with("Allow", allow);
  }

  private static String path(String target) {
    int end = target.indexOf('?');
    String path = end < 0 ? target : target.substring(0, end);
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
