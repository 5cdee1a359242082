package io.skep.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// The built program as a process of its own, on free ports of this machine.
final class Program implements AutoCloseable {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path JAR = ROOT.resolve("bootstrap/target/skep.jar");

  private final java.lang.Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private Program(java.lang.Process process) {
    this.process = process;
    reader = Thread.startVirtualThread(this::read);
  }

  /// By `java -jar`.
  static Program jar(Path directory, Map<String, String> variables, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(JAR.toString());
    command.addAll(List.of(arguments));
    return start(directory, variables, command);
  }

  /// By `bin/skep`.
  static Program script(Path directory, Map<String, String> variables, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(ROOT.resolve("bin/skep").toString());
    command.addAll(List.of(arguments));
    return start(directory, variables, command);
  }

  static Program start(Path directory, Map<String, String> variables, List<String> command)
      throws IOException {
    Files.createDirectories(directory);
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    // Nothing of the environment of whoever runs the tests.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(ZEEBE|SKEP|SPRING|MANAGEMENT)_.*"));
    builder.environment().putAll(variables);
    return new Program(builder.start());
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(output::add);
    } catch (IOException _) {
      // The process has gone, and its output with it.
    }
  }

  /// Waits until a line holds this text, and returns it.
  String line(String text) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      boolean ended = !process.isAlive() && !reader.isAlive();
      for (String line : output) if (line.contains(text)) return line;
      if (ended || System.nanoTime() > deadline) {
        throw new AssertionError(
            "Expected a line with '" + text + "', but there is only\n" + output());
      }
      Thread.sleep(10);
    }
  }

  /// Of the JVM, also where a script started it.
  long id() {
    return process.pid();
  }

  String output() {
    return String.join("\n", output);
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("Expected an end, but it runs on:\n" + output());
    }
    reader.join();
    return process.exitValue();
  }

  /// SIGTERM, as from an operator.
  void terminate() {
    // Process.destroy would close the pipe as well, and lose the last lines.
    process.toHandle().destroy();
  }

  /// SIGKILL.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  static HttpResponse<String> read(int port, String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          BodyHandlers.ofString());
    }
  }

  /// Asks until the answer is 200.
  static void awaitOk(int port, String path) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    HttpResponse<String> last = null;
    while (System.nanoTime() < deadline) {
      try {
        last = read(port, path);
        if (last.statusCode() == 200) return;
      } catch (IOException _) {
        // Not there yet.
      }
      Thread.sleep(50);
    }
    throw new AssertionError(
        "Expected 200 of %s, but got %s".formatted(path, last == null ? "no answer" : last.body()));
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
