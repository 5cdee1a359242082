package io.skep.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.deployment.DeployedProcess;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.ResultRequest;
import io.skep.domain.engine.job.JobCommand.UpdateJobRetries;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import io.skep.domain.engine.signal.SignalCommand.BroadcastSignal;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.Reply;
import io.skep.simulation.Tally.What;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Those who deploy, create and cancel, each through some gateway.
final class Clients {
  static final String TENANT = "<default>";
  private static final long TIMEOUT_MS = 6_000;

  /// So few that instances meet at them.
  private static final int KEYS = 8;

  private final Cluster cluster;
  private final List<Long> instances = new ArrayList<>();

  /// Requests that were not answered yet, with the gateway that owes the answer.
  private final Map<String, GatewayProcess> open = new LinkedHashMap<>();

  /// The newest version that every partition has, by process.
  private final Map<String, Integer> versions = new LinkedHashMap<>();

  private int deployed;
  private long requests;

  Clients(Cluster cluster) {
    this.cluster = cluster;
  }

  /// Deploys all processes, again and again until that is done.
  void deployAll() {
    for (String id : Models.ids()) deployUntilDone(id);
  }

  private void deployUntilDone(String id) {
    GatewayProcess gateway = cluster.gateway(0);
    Runnable again = () -> cluster.timeline().in(500, () -> deployUntilDone(id));
    if (gateway == null) {
      again.run();
      return;
    }
    send(
        gateway,
        deployment(id),
        reply -> {
          if (reply instanceof Reply.Answered(Answer.ResourcesDeployed answer)) {
            deployed++;
            acknowledged(answer);
          } else {
            again.run();
          }
        });
  }

  boolean haveDeployedAll() {
    return deployed >= Models.ids().size();
  }

  private DeployResources deployment(String id) {
    return new DeployResources(List.of(cluster.models().file(id)), TENANT);
  }

  void deploy(SplittableRandom random) {
    String id = Models.ids().get(random.nextInt(Models.ids().size()));
    send(
        any(random),
        deployment(id),
        reply -> {
          if (reply instanceof Reply.Answered(Answer.ResourcesDeployed answer))
            acknowledged(answer);
        });
  }

  private void acknowledged(Answer.ResourcesDeployed answer) {
    if (!cluster.history().isEverywhere(answer.deploymentKey())) return;
    for (DeployedProcess process : answer.processes())
      versions.merge(process.bpmnProcessId(), process.version(), Math::max);
  }

  void create(SplittableRandom random) {
    String id = Models.CREATABLE.get(random.nextInt(Models.CREATABLE.size()));
    var result = random.nextInt(4) == 0 ? new ResultRequest(List.of()) : null;
    var command = new CreateProcessInstance(id, -1, -1, variables(random), result, TENANT);
    int atLeast = versions.getOrDefault(id, 0);
    send(
        any(random),
        command,
        reply -> {
          switch (reply) {
            case Reply.Answered(Answer.InstanceCreated instance) -> acknowledged(instance, atLeast);
            case Reply.Answered(Answer.InstanceCompleted(var instance, _)) ->
                acknowledged(instance, atLeast);
            case Reply.Answered(Answer answer) ->
                throw new AssertionError("could not create '%s': %s".formatted(id, answer));
            case Reply.Refused _ -> {}
          }
        });
  }

  /// @param version that every partition had when it was asked for
  private void acknowledged(Answer.InstanceCreated instance, int version) {
    long key = instance.processInstanceKey();
    assertTrue(
        instance.version() >= version,
        () -> "instance %d is of a version older than %d".formatted(key, version));
    cluster.history().instanceAcknowledged(key);
    instances.add(key);
    cluster.tally().count(What.INSTANCES_CREATED);
  }

  private static JsonObject variables(SplittableRandom random) {
    return JsonObject.parse("{\"key\":\"%s\"}".formatted(key(random)).getBytes(UTF_8));
  }

  private static String key(SplittableRandom random) {
    return "key-" + random.nextInt(KEYS);
  }

  void publish(SplittableRandom random) {
    String name = random.nextInt(3) == 0 ? Models.START_MESSAGE : Models.MESSAGE;
    long timeToLiveMs = random.nextInt(3) == 0 ? 0 : random.nextInt(8_000);
    String id = random.nextBoolean() ? "" : "id-" + random.nextInt(20);
    publish(any(random), name, key(random), timeToLiveMs, id);
  }

  private void publish(
      GatewayProcess gateway, String name, String key, long timeToLiveMs, String id) {
    var command = new PublishMessage(name, key, timeToLiveMs, id, JsonObject.empty(), TENANT);
    send(
        gateway,
        command,
        reply -> {
          if (reply instanceof Reply.Answered(Answer.Done(long messageKey)))
            cluster.history().publicationAcknowledged(messageKey);
        });
  }

  void broadcast(SplittableRandom random) {
    send(any(random), new BroadcastSignal(Models.SIGNAL, JsonObject.empty(), TENANT), _ -> {});
  }

  /// Repairs one thing that cannot go on by itself.
  void repair(SplittableRandom random) {
    var incidents = List.copyOf(cluster.history().incidents().entrySet());
    if (incidents.isEmpty()) return;
    var chosen = incidents.get(random.nextInt(incidents.size()));
    repair(any(random), chosen.getKey(), chosen.getValue());
  }

  private void repair(GatewayProcess gateway, long incidentKey, long jobKey) {
    send(
        gateway,
        new UpdateJobRetries(jobKey, 2),
        _ -> send(gateway, new ResolveIncident(incidentKey), _ -> {}));
  }

  /// Lets everybody go on who still waits for a message, a signal or a repair.
  void release(SplittableRandom random) {
    cluster.history().incidents().forEach((incident, job) -> repair(any(random), incident, job));
    for (int key = 0; key < KEYS; key++) publish(any(random), Models.MESSAGE, "key-" + key, 0, "");
    broadcast(random);
  }

  void cancel(SplittableRandom random) {
    if (instances.isEmpty()) return;
    long key = instances.get(random.nextInt(instances.size()));
    send(any(random), new CancelProcessInstance(key), _ -> {});
  }

  private GatewayProcess any(SplittableRandom random) {
    List<GatewayProcess> gateways = cluster.gateways();
    return gateways.isEmpty() ? null : gateways.get(random.nextInt(gateways.size()));
  }

  /// @param gateway `null` if there is none: then nothing happens
  private void send(GatewayProcess gateway, Command command, Consumer<Reply> then) {
    if (gateway == null) return;
    String request =
        "request %d through gateway %d: %s"
            .formatted(requests++, gateway.number, command.getClass().getSimpleName());
    open.put(request, gateway);
    gateway.machine.run(
        () ->
            gateway.commands.send(
                command,
                TIMEOUT_MS,
                reply -> {
                  if (open.remove(request) == null)
                    throw new AssertionError("answered twice: " + request);
                  then.accept(reply);
                }));
  }

  /// Requests that a gateway owes an answer to.
  List<String> unanswered() {
    open.values().removeIf(gateway -> !gateway.isUp());
    return List.copyOf(open.keySet());
  }
}
