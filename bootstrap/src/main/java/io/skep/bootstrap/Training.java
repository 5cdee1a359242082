package io.skep.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.bootstrap.config.BrokerConfig;
import io.skep.bootstrap.config.Configuration;
import io.skep.bootstrap.config.Inputs;
import io.skep.bootstrap.config.Role;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.json.JsonObject;
import io.skep.port.in.CommandGateway;
import io.skep.port.out.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A short life of a broker and one of a cluster, in which they do what all of them do, and are
/// busy for a while. The build lets the JVM watch it and keeps what it learnt: later starts need
/// not load and link everything anew, and what is called often is compiled sooner, and for what it
/// is called with.
final class Training {
  private static final String TENANT = "<default>";
  private static final int MANY = 500;

  /// Measured: a training of 140 s hardly brings more to three brokers on two cores.
  private static final int BUSY_S = 6;

  private static final int BUSY_CLUSTER_S = 20;

  /// A build must not hang; on a slow machine a load takes several times as long as it is to last.
  private static final Duration LOAD_LIMIT = Duration.ofMinutes(3);

  private Training() {}

  /// @throws IllegalStateException if something of it does not work, and so would not for users
  static void run() {
    Path directory = null;
    try {
      directory = Files.createTempDirectory("skep-training");
      run(directory);
      runCluster(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Expected the training to end well, but: " + e, e);
    } finally {
      if (directory != null) delete(directory);
    }
  }

  private static void run(Path directory)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    var arguments = new ArrayList<String>();
    arguments.add("zeebe.broker.network.host=127.0.0.1");
    arguments.add("zeebe.broker.data.directory=" + directory.resolve("data"));
    // However little is free where this is built.
    arguments.add("zeebe.broker.data.disk.freeSpace.processing=1");
    arguments.add("zeebe.broker.data.disk.freeSpace.replication=0");
    for (String api : List.of("commandApi", "internalApi", "monitoringApi")) {
      arguments.add("zeebe.broker.network." + api + ".port=0");
    }
    arguments.add("zeebe.broker.gateway.network.port=0");
    // A file is read as well: users have one.
    Path file = Files.writeString(directory.resolve("a.yaml"), "zeebe.broker.cluster.nodeId: 0\n");
    var inputs = new Inputs(arguments, Map.of(), Map.of(), file, directory, directory);
    BrokerConfig config = BrokerConfig.of(Configuration.load(Role.BROKER, inputs));
    BrokerComponent broker = DaggerBrokerComponent.factory().create(config);
    Process process = Process.of(config, broker);
    process.steps().start();
    try {
      probe(config.monitoring().port());
      work(broker.gateway());
      int port = broker.gatewayApi().get().port();
      load(port, BUSY_S);
      load(port, BUSY_S, "--jobs", "stream");
      load(port, BUSY_S, "--scenario", "result");
    } finally {
      process.steps().stop();
    }
  }

  private static void runCluster(Path directory)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    try (var cluster = new TrainingCluster(directory)) {
      cluster.start();
      work(cluster.gateway());
      load(cluster.gatewayPort(), BUSY_CLUSTER_S);
      createMany(cluster.gateway());
      cluster.loseLeader();
      createMany(cluster.gateway());
    }
  }

  /// What users do. In a process of its own, for what the JVM learns here all brokers keep in
  /// memory.
  private static void load(int gatewayPort, int seconds, String... options)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("bench");
    command.addAll(List.of(options));
    command.addAll(List.of("--address", "127.0.0.1:" + gatewayPort));
    command.addAll(List.of("--warm-up", "0", "--duration", Integer.toString(seconds)));
    generate(command, LOAD_LIMIT);
  }

  /// @param limit how long the load generator may take
  /// @throws IllegalStateException if it does not end by then, or not well
  static void generate(List<String> command, Duration limit)
      throws IOException, InterruptedException {
    var generator =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      if (!generator.waitFor(limit)) {
        throw new IllegalStateException(
            "Expected a load to be carried, but the load generator (%s) had not ended after %d s"
                .formatted(String.join(" ", command), limit.toSeconds()));
      }
      if (generator.exitValue() != 0) {
        throw new IllegalStateException(
            "Expected a load to be carried, but the load generator (%s) ended with %d"
                .formatted(String.join(" ", command), generator.exitValue()));
      }
    } finally {
      generator.destroyForcibly().waitFor();
    }
  }

  /// So that a leader is lost in the midst of them.
  private static void createMany(CommandGateway gateway) throws InterruptedException {
    var done = new CountDownLatch(MANY);
    for (int i = 0; i < MANY; i++) {
      // Whether it could be run does not matter: a leader may have been lost just then.
      gateway.send(create(i), TimeUnit.SECONDS.toMillis(30), _ -> done.countDown());
      if (i % 10 == 0) Thread.sleep(5);
    }
    done.await();
  }

  private static void probe(int port) throws IOException {
    for (String path : List.of("/ready", "/metrics")) {
      try (var socket = new Socket("127.0.0.1", port)) {
        String request =
            "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
        socket.getInputStream().readAllBytes();
      }
    }
  }

  private static void work(CommandGateway gateway)
      throws InterruptedException, ExecutionException, TimeoutException {
    var resource = new Resource(SmallModel.NAME, SmallModel.content());
    send(gateway, new DeployResources(List.of(resource), TENANT));
    for (int amount : new int[] {1, 1000}) send(gateway, create(amount));
  }

  private static Command create(int amount) {
    var variables = JsonObject.parse("{\"amount\":%d}".formatted(amount).getBytes(UTF_8));
    return new CreateProcessInstance("training", -1, 0, variables, null, TENANT);
  }

  private static void send(CommandGateway gateway, Command command)
      throws InterruptedException, ExecutionException, TimeoutException {
    var reply = new CompletableFuture<Reply>();
    gateway.send(command, TimeUnit.SECONDS.toMillis(30), reply::complete);
    Reply got = reply.get(60, TimeUnit.SECONDS);
    if (!(got instanceof Reply.Answered(var answer)) || answer instanceof Rejection) {
      throw new IllegalStateException(
          "Expected an answer to %s, but got %s".formatted(command, got));
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
