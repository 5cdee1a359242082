package io.skep.adapter.http;

import io.skep.adapter.http.MonitoringSettings.Property;
import io.skep.domain.cluster.PartitionDistribution;
import io.skep.domain.cluster.Topology;
import io.skep.port.in.ClusterPlan;
import io.skep.port.in.NodeStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A monitoring server on a free port, over a status that a test sets.
final class MonitoringFixture implements AutoCloseable {
  final FakeStatus status = new FakeStatus();
  final PartitionMeters partitions;
  final GatewayMeters gateway;
  final MonitoringServer server;
  final FakePlan plan = new FakePlan();
  Topology topology = Topology.unknown();
  private final HttpClient client = HttpClient.newHttpClient();

  MonitoringFixture() {
    this(Duration.ofSeconds(60), Duration.ofSeconds(10));
  }

  MonitoringFixture(Duration idle, Duration request) {
    var settings =
        new MonitoringSettings(
            "127.0.0.1",
            0,
            "zeebe.broker.network.monitoringApi.port",
            "1.2.3",
            List.of(new Property("zeebe.broker.cluster.nodeId", "0", "default")));
    var registry = HttpModule.registry();
    var process = new ProcessMeters(registry);
    partitions = new PartitionMeters(registry);
    gateway = new GatewayMeters(registry);
    var endpoints =
        new Endpoints(
            new StatusPages(status, settings),
            new MetricsPage(registry, process, new StatusMeters(registry, status, () -> topology)),
            Optional.of(plan));
    server = new MonitoringServer(settings, endpoints, process, idle, request);
    server.start();
  }

  HttpResponse<String> send(String method, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> read(String path) throws Exception {
    return send("GET", path);
  }

  Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /// Sends text and returns all that comes back until the server closes.
  String converse(String text) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      return drain(socket);
    }
  }

  static String drain(Socket socket) throws IOException {
    var all = new ByteArrayOutputStream();
    socket.getInputStream().transferTo(all);
    return all.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop();
    client.close();
  }

  /// Says what it was told to say. Three brokers with three partitions.
  static final class FakePlan implements ClusterPlan {
    int rebalanced;

    @Override
    public PartitionDistribution distribution() {
      return PartitionDistribution.roundRobin(3, 3, 2);
    }

    @Override
    public void rebalance() {
      rebalanced++;
    }
  }

  static final class FakeStatus implements NodeStatus {
    Report startup = new Report(List.of(new Check("brokerStartup", true, "")));
    Report readiness = new Report(List.of(new Check("brokerReady", true, "")));
    Report health = new Report(List.of(new Check("brokerStatus", true, "")));
    Report liveness = new Report(List.of(new Check("brokerLive", true, "")));
    List<PartitionReport> partitions = List.of();
    List<DiskReport> disks = List.of();

    @Override
    public Report startup() {
      return startup;
    }

    @Override
    public Report readiness() {
      return readiness;
    }

    @Override
    public Report health() {
      return health;
    }

    @Override
    public Report liveness() {
      return liveness;
    }

    @Override
    public List<PartitionReport> partitions() {
      return partitions;
    }

    @Override
    public List<DiskReport> disks() {
      return disks;
    }
  }
}
