package io.skep.domain.engine.deployment;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.DeploymentCommand.*;
import io.skep.domain.engine.deployment.DeploymentEvent.*;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.store.CorruptStateException;
import io.skep.domain.expression.ProcessReader;
import io.skep.domain.expression.ProcessReader.Readable;
import io.skep.domain.expression.ProcessReader.Unreadable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Deploys processes on every partition.
public final class Deployments {
  /// How much of files goes into one message to another partition, unless a single one is larger.
  static final int MESSAGE_BYTES = 512 << 10;

  private Deployments() {}

  public static void process(DeploymentCommand command, Turn turn) {
    switch (command) {
      case DeployResources deploy -> deploy(deploy, turn);
      case DistributeDeployment(_, var processes) -> take(processes, turn);
      case DeleteResource(long key) -> Deletions.delete(key, turn);
      case DistributeDeletion(long key) -> Deletions.take(key, turn);
      case NoteDelivery(int partitionId, long upToNumber) ->
          Distributions.noteDelivery(partitionId, upToNumber, turn);
      case EndDistribution(long key) -> Distributions.end(key, turn);
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
    // Messages go out even if nothing has changed: once they are acknowledged, so is all that went
    // before them.
    var messages =
        partsOf(deployed).stream().map(part -> new DistributeDeployment(deploymentKey, part));
    var answered = deployed.stream().map(DeployedProcess::withoutContent).toList();
    Distributions.begin(
        deploymentKey,
        new Answer.ResourcesDeployed(deploymentKey, answered, command.tenantId()),
        messages.toList(),
        turn);
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

  /// The same content under the same name as in the newest version, which was not deleted. What is
  /// deployed together belongs together: if one file has changed, all of them get a new version.
  private static boolean isUnchanged(Read read, Turn turn) {
    String id = read.model.bpmnProcessId();
    ProcessDefinition latest = turn.state().processes().latest(id);
    return latest != null
        && latest.version() == turn.state().processes().nextVersion(id) - 1
        && isSame(latest.deployed().resource(), read.resource);
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
    int version = turn.state().processes().nextVersion(id);
    var process = new DeployedProcess(id, version, turn.nextKey(), read.resource, tenantId, false);
    add(new ProcessDefinition(process, read.model), turn);
    return process;
  }

  private static boolean isSame(Resource one, Resource other) {
    return one.name().equals(other.name()) && Arrays.equals(one.content(), other.content());
  }

  private static void add(ProcessDefinition definition, Turn turn) {
    String id = definition.bpmnProcessId();
    turn.append(new ProcessDeployed(definition));
    if (turn.state().processes().latest(id) == definition) StartSubscriptions.renew(id, turn);
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
        add(define(process, turn.reader()), turn);
      }
    }
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
