package io.skep.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.adapter.bpmn.model.BpmnFile;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Engine;
import io.skep.domain.engine.EngineCheckpoint;
import io.skep.domain.engine.Outcome;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// An engine without anything around it, which is told the time by turns.
final class Partition {
  static final String TENANT = "<default>";
  static final JsonObject VARIABLES =
      JsonObject.parse(
          "{\"amount\":120,\"customer\":\"Ada Lovelace\",\"order\":\"2026-03-02/0042\"}"
              .getBytes(UTF_8));

  private final Engine engine;
  private long timeMs = 1_772_409_600_000L;
  private long request;
  private long places;

  Partition(int partitionCount) {
    engine =
        new Engine(
            1, partitionCount, (_, content) -> BpmnFile.read(content), /* recording */ false);
  }

  static Partition with(Resource model) {
    var partition = new Partition(1);
    partition.process(new DeployResources(List.of(model), TENANT));
    return partition;
  }

  static CreateProcessInstance create(String processId) {
    return new CreateProcessInstance(processId, -1, 0, VARIABLES, null, TENANT);
  }

  static ActivateJobs activate(int maxJobs) {
    return new ActivateJobs(
        "work", "worker", 60_000, maxJobs, List.of(), List.of(TENANT), 4 * 1024 * 1024);
  }

  /// As many turns share a millisecond as a busy leader puts into one entry of its log.
  void tick() {
    timeMs++;
  }

  /// @return what the sender is told
  /// @throws IllegalStateException if it was refused: what is measured then is not what it should
  ///   be
  Answer process(Command command) {
    Outcome outcome = engine.process(command, timeMs, ++request, request);
    if (outcome.fault() != null || outcome.answer() instanceof Rejection) {
      throw new IllegalStateException(command + " was answered with " + outcome.answer());
    }
    return outcome.answer();
  }

  /// Takes a checkpoint, and has whatever can leave memory leave it. What was stored is nowhere, so
  /// nothing may be asked of it.
  void letGo() {
    EngineCheckpoint checkpoint = engine.checkpoint();
    var keys = new ArrayList<Long>();
    while (checkpoint.give((key, _, _) -> keys.add(key))) {}
    for (long key : keys) checkpoint.stored(key, places++);
    checkpoint.end();
    while (checkpoint.leaveOne(0)) {}
  }
}
