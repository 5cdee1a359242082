package io.skep.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.camunda.zeebe.client.ZeebeClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A broker or gateway as its users have it: `bin/skep` with a jar, on loopback.
final class SkepProcess implements AutoCloseable {
  private static final Path HOME = Path.of(System.getProperty("skep.home", "..")).normalize();
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final Ports ports;
  final Path directory;
  private final List<String> command = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private Process process;

  private SkepProcess(Ports ports, Path directory, String... arguments) {
    this.ports = ports;
    this.directory = directory;
    command.add(HOME.resolve("bin/skep").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
  }

  /// A broker with a gateway in it, not started yet.
  ///
  /// @param directory working directory, which gets the data and the log
  static SkepProcess broker(Path directory) {
    var ports = Ports.free();
    return new SkepProcess(ports, directory, "broker")
        .with("ZEEBE_BROKER_DATA_DIRECTORY", directory.resolve("data").toAbsolutePath())
        .with("ZEEBE_BROKER_NETWORK_HOST", "127.0.0.1")
        .with("ZEEBE_BROKER_GATEWAY_NETWORK_PORT", ports.gateway())
        .with("ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT", ports.command())
        .with("ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT", ports.internal())
        .with("ZEEBE_BROKER_NETWORK_MONITORINGAPI_PORT", ports.monitoring());
  }

  /// A gateway of its own, not started yet.
  static SkepProcess gateway(Path directory, SkepProcess broker) {
    return gateway(directory, broker.ports.internal());
  }

  /// A gateway of its own, not started yet.
  ///
  /// @param contactPort all that it knows of the cluster
  static SkepProcess gateway(Path directory, int contactPort) {
    var ports = Ports.free();
    return new SkepProcess(ports, directory, "gateway")
        .with("ZEEBE_GATEWAY_NETWORK_HOST", "127.0.0.1")
        .with("ZEEBE_GATEWAY_NETWORK_PORT", ports.gateway())
        .with("ZEEBE_GATEWAY_CLUSTER_HOST", "127.0.0.1")
        .with("ZEEBE_GATEWAY_CLUSTER_PORT", ports.internal())
        .with("ZEEBE_GATEWAY_MONITORING_PORT", ports.monitoring())
        .with("ZEEBE_GATEWAY_CLUSTER_INITIALCONTACTPOINTS", "127.0.0.1:" + contactPort);
  }

  /// Any other call of `bin/skep`.
  static SkepProcess of(Path directory, String... arguments) {
    return new SkepProcess(Ports.free(), directory, arguments);
  }

  SkepProcess with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  SkepProcess without(String variable) {
    environment.remove(variable);
    return this;
  }

  SkepProcess withArgument(String argument) {
    command.add(argument);
    return this;
  }

  /// Starts it and returns at once.
  SkepProcess launch() {
    try {
      var builder =
          new ProcessBuilder(command)
              .directory(Files.createDirectories(directory).toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
      builder.environment().keySet().removeIf(name -> name.matches("(?i)(ZEEBE|SKEP)_.*"));
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().putAll(environment);
      process = builder.start();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts it and returns when it serves.
  SkepProcess start() {
    launch();
    return awaitReady();
  }

  SkepProcess awaitReady() {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!isReady()) {
      if (!process.isAlive()) {
        throw new AssertionError("Expected it to start, but it ended:\n" + log());
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Expected /ready within " + READY_WITHIN + ":\n" + log());
      }
      pause(20);
    }
    return this;
  }

  private boolean isReady() {
    try {
      return page("/ready").statusCode() == 200;
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  /// Stops it in the middle of whatever it does, as a paused virtual machine would.
  void suspend() {
    signal("STOP");
  }

  void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
      if (kill.waitFor() != 0) throw new IllegalStateException("Could not signal " + pid());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /// Of the JVM: the script replaces itself by it.
  long pid() {
    return process.pid();
  }

  /// As a power cut would: no hook runs, nothing is flushed.
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /// Sends SIGTERM, which asks for an orderly stop.
  ///
  /// @return the exit code
  int terminate() {
    process.destroy();
    return exitCode();
  }

  /// Waits for it to end by itself.
  int exitCode() {
    try {
      if (!process.waitFor(60, SECONDS)) {
        throw new AssertionError("Expected the process to end within a minute:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A page of the Monitoring API.
  HttpResponse<String> page(String path) {
    return ask("GET", path);
  }

  /// Has the Monitoring API do something.
  HttpResponse<String> post(String path) {
    return ask("POST", path);
  }

  private HttpResponse<String> ask(String method, String path) {
    var address = URI.create("http://127.0.0.1:" + ports.monitoring() + path);
    try {
      return HTTP.send(
          HttpRequest.newBuilder(address)
              .method(method, HttpRequest.BodyPublishers.noBody())
              .timeout(Duration.ofSeconds(10))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String grpcAddress() {
    return "http://127.0.0.1:" + ports.gateway();
  }

  ZeebeClient client() {
    return ZeebeClient.newClientBuilder()
        .grpcAddress(URI.create(grpcAddress()))
        .usePlaintext()
        .numJobWorkerExecutionThreads(2)
        .build();
  }

  Path logFile() {
    return directory.resolve("skep.log");
  }

  /// All that it has printed, over all starts.
  String log() {
    try {
      return Files.readString(logFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path home() {
    return HOME;
  }

  static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process != null) kill();
  }
}
