package io.skep.domain.engine.deployment;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.DeploymentCommand.*;
import io.skep.domain.engine.deployment.DeploymentEvent.*;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.outbox.Mail;
import io.skep.domain.engine.store.CorruptStateException;
import io.skep.domain.expression.ProcessReader;
import io.skep.domain.expression.ProcessReader.Readable;
import io.skep.domain.expression.ProcessReader.Unreadable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Deploys processes and brings them to every partition.
public final class Deployments {
  /// How long the answer waits for partitions that cannot be reached. Well below the gateway's time
  /// for a request.
  static final long MAX_WAIT_MS = 5_000;

  /// How much of files goes into one message to another partition, unless a single one is larger.
  static final int MESSAGE_BYTES = 512 << 10;

  private Deployments() {}

  public static void process(DeploymentCommand command, Turn turn) {
    switch (command) {
      case DeployResources deploy -> deploy(deploy, turn);
      case DistributeDeployment(_, var processes) -> take(processes, turn);
      case NoteDelivery(int partitionId, long upToNumber) ->
          noteDelivery(partitionId, upToNumber, turn);
      case EndDistribution(long key) -> end(key, turn);
    }
  }

  private record Read(ProcessModel model, Resource resource) {}

  private static void deploy(DeployResources command, Turn turn) {
    if (command.resources().isEmpty()) {
      turn.reject(
          Reason.INVALID_ARGUMENT, "Expected to deploy at least one resource, but there is none");
      return;
    }
    var problems = new StringBuilder();
    Map<String, Read> models = read(command.resources(), turn.reader(), problems);
    if (!problems.isEmpty()) {
      turn.reject(
          Reason.INVALID_ARGUMENT,
          "Expected to deploy new resources, but encountered the following errors:" + problems);
      return;
    }
    long deploymentKey = turn.nextKey();
    boolean unchanged = models.values().stream().allMatch(read -> isUnchanged(read, turn));
    var deployed = new ArrayList<DeployedProcess>(models.size());
    for (Read read : models.values()) {
      deployed.add(unchanged ? found(read, turn) : deploy(read, command.tenantId(), turn));
    }
    turn.append(new ResourcesDeployed(deploymentKey, deployed, command.tenantId()));
    if (turn.partitionCount() == 1) {
      turn.answer(answer(deploymentKey, deployed, command.tenantId()));
    } else {
      distribute(deploymentKey, deployed, command.tenantId(), turn);
    }
  }

  private static Map<String, Read> read(
      List<Resource> resources, ProcessReader reader, StringBuilder problems) {
    var models = new LinkedHashMap<String, Read>();
    for (Resource resource : resources) {
      switch (reader.read(resource.name(), resource.content())) {
        case Unreadable(String text) ->
            problems.append("\n'").append(resource.name()).append("': ").append(text);
        case Readable(var processes) -> {
          for (ProcessModel model : processes) {
            Read other = models.putIfAbsent(model.bpmnProcessId(), new Read(model, resource));
            if (other == null) continue;
            problems.append(
                "\nDuplicated process id '%s' in resources '%s' and '%s'"
                    .formatted(model.bpmnProcessId(), other.resource.name(), resource.name()));
          }
        }
      }
    }
    return models;
  }

  /// The same content under the same name as in the newest version. What is deployed together
  /// belongs together: if one file has changed, all of them get a new version.
  private static boolean isUnchanged(Read read, Turn turn) {
    ProcessDefinition latest = turn.state().processes().latest(read.model.bpmnProcessId());
    return latest != null && isSame(latest.deployed().resource(), read.resource);
  }

  private static DeployedProcess found(Read read, Turn turn) {
    DeployedProcess latest = turn.state().processes().latest(read.model.bpmnProcessId()).deployed();
    return new DeployedProcess(
        latest.bpmnProcessId(),
        latest.version(),
        latest.key(),
        latest.resource(),
        latest.tenantId(),
        true);
  }

  private static DeployedProcess deploy(Read read, String tenantId, Turn turn) {
    String id = read.model.bpmnProcessId();
    ProcessDefinition latest = turn.state().processes().latest(id);
    int version = latest == null ? 1 : latest.version() + 1;
    var process = new DeployedProcess(id, version, turn.nextKey(), read.resource, tenantId, false);
    turn.append(new ProcessDeployed(new ProcessDefinition(process, read.model)));
    return process;
  }

  private static boolean isSame(Resource one, Resource other) {
    return one.name().equals(other.name()) && Arrays.equals(one.content(), other.content());
  }

  /// A message goes out even if nothing has changed: once it is acknowledged, so is all that went
  /// before it.
  private static void distribute(
      long deploymentKey, List<DeployedProcess> deployed, String tenantId, Turn turn) {
    int here = turn.state().partitionId();
    List<List<DeployedProcess>> parts = partsOf(deployed);
    long[] messages = new long[turn.partitionCount() + 1];
    for (int partition = 1; partition <= turn.partitionCount(); partition++) {
      if (partition == here) continue;
      for (var part : parts) {
        messages[partition] =
            Mail.send(partition, new DistributeDeployment(deploymentKey, part), turn);
      }
    }
    turn.append(
        new DistributionStarted(
            deploymentKey,
            turn.request(),
            deployed,
            tenantId,
            messages,
            turn.nowMs() + MAX_WAIT_MS));
    turn.answerLater();
  }

  /// Each process brings its file with it, and many may be in one file: all of them at once may be
  /// more than a log entry holds.
  private static List<List<DeployedProcess>> partsOf(List<DeployedProcess> deployed) {
    var parts = new ArrayList<List<DeployedProcess>>();
    int room = 0;
    for (DeployedProcess process : deployed) {
      int bytes = process.resource().content().length;
      if (parts.isEmpty() || bytes > room) {
        parts.add(new ArrayList<>());
        room = MESSAGE_BYTES;
      }
      parts.getLast().add(process);
      room -= bytes;
    }
    return parts;
  }

  private static void take(List<DeployedProcess> processes, Turn turn) {
    for (DeployedProcess process : processes) {
      if (turn.state().processes().get(process.key()) == null) {
        turn.append(new ProcessDeployed(define(process, turn.reader())));
      }
    }
  }

  private static void noteDelivery(int partitionId, long upToNumber, Turn turn) {
    for (long key : turn.state().distributions().sortedKeys()) {
      if (!turn.state().distributions().get(key).waitsFor(partitionId, upToNumber)) continue;
      turn.append(new DistributionAcknowledged(key, partitionId));
      if (turn.state().distributions().get(key).isComplete()) end(key, turn);
    }
  }

  private static void end(long key, Turn turn) {
    Distribution distribution = turn.state().distributions().get(key);
    if (distribution == null) return;
    DistributionStarted started = distribution.started();
    turn.append(new DistributionEnded(key));
    turn.reply(started.request(), answer(key, started.processes(), started.tenantId()));
  }

  private static Answer answer(long key, List<DeployedProcess> processes, String tenantId) {
    return new Answer.ResourcesDeployed(
        key, processes.stream().map(DeployedProcess::withoutContent).toList(), tenantId);
  }

  /// The definition of a process that was deployed before, read again from its file.
  static ProcessDefinition define(DeployedProcess process, ProcessReader reader) {
    Resource resource = process.resource();
    if (reader.read(resource.name(), resource.content()) instanceof Readable(var models)) {
      for (ProcessModel model : models) {
        if (model.bpmnProcessId().equals(process.bpmnProcessId()))
          return new ProcessDefinition(process, model);
      }
    }
    throw new CorruptStateException(
        "Expected resource '%s' to hold process '%s', which was deployed from it as version %d, but it does not"
            .formatted(resource.name(), process.bpmnProcessId(), process.version()));
  }
}
