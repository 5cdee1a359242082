package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Engine;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.State;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.ResultRequest;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.store.Presence;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.CheckpointStore;
import io.skep.port.out.CheckpointStore.Image;
import io.skep.port.out.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One partition on several brokers over a [SimulatedLog], in one thread.
final class SimulatedPartition {
  static final String TENANT = "<default>";
  private static final long WORKER_TIMEOUT_MS = 60_000;

  final SimulatedLog log = new SimulatedLog();
  private final BrokerWorld world;
  private final int partitionId;
  private final Map<Integer, Held> held = new TreeMap<>();
  private long term;

  /// What a broker holds of the partition.
  private record Held(
      PartitionReplica replica,
      CheckpointStore store,
      SimulatedLog.Member member,
      MortalScheduler scheduler) {}

  SimulatedPartition(BrokerWorld world, int partitionId, int... nodeIds) {
    this.world = world;
    this.partitionId = partitionId;
    for (int nodeId : nodeIds) start(nodeId, null, 0);
  }

  /// One broker that leads.
  static SimulatedPartition alone(BrokerWorld world) {
    var partition = new SimulatedPartition(world, 1, 0);
    partition.elect(0);
    return partition;
  }

  /// Starts a broker's replica.
  ///
  /// @param snapshot what it finds on its disk, `null` for nothing
  /// @param appliedIndex of the snapshot
  void start(int nodeId, Image snapshot, long appliedIndex) {
    var scheduler = new MortalScheduler(world.time);
    var replica = new PartitionReplica(partitionId, world.environment(nodeId, scheduler));
    var store = snapshot == null ? new CheckpointStore() : CheckpointStore.of(snapshot);
    if (snapshot != null) restore(replica, store);
    SimulatedLog.Member member = log.join(nodeId, replica, appliedIndex);
    replica.opened(member);
    held.put(nodeId, new Held(replica, store, member, scheduler));
  }

  private static void restore(PartitionReplica replica, CheckpointStore store) {
    try {
      replica.restore(store.stored());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The broker dies.
  ///
  /// @param kept how many of the entries it had under way will be committed nevertheless
  void crash(int nodeId, int kept) {
    Held gone = held.remove(nodeId);
    boolean led = log.leader() == gone.member;
    gone.scheduler.die();
    gone.member.crash(kept);
    if (led) world.membership.lead(partitionId, -1);
  }

  boolean isUp(int nodeId) {
    return held.containsKey(nodeId);
  }

  void elect(int nodeId) {
    elect(nodeId, 0);
  }

  void elect(int nodeId, int kept) {
    log.elect(held.get(nodeId).member, kept);
    world.membership.lead(partitionId, nodeId, ++term);
  }

  void stepDown() {
    log.stepDown();
    world.membership.lead(partitionId, -1);
  }

  PartitionReplica replica(int nodeId) {
    return held.get(nodeId).replica;
  }

  SimulatedLog.Member member(int nodeId) {
    return held.get(nodeId).member;
  }

  /// What the broker's checkpoints store, as of now.
  Image snapshot(int nodeId) {
    Held broker = held.get(nodeId);
    return broker.store.store(broker.replica);
  }

  /// What a broker remembers.
  State state(int nodeId) {
    State state =
        CheckpointStore.of(snapshot(nodeId))
            .restore(new Engine(partitionId, 1, world.resources, false), world.resources)
            .state();
    Presence.bringAllBack(state.aggregates());
    return state;
  }

  /// Every broker has the same state once it has applied everything.
  void assertReplicasAgree() {
    log.settle();
    byte[] first = null;
    for (int nodeId : held.keySet()) {
      byte[] state = snapshot(nodeId).bytes();
      if (first == null) first = state;
      assertArrayEquals(first, state, "state of broker " + nodeId);
    }
  }

  // Asking for something.

  Asker submit(int nodeId, Command command, JobsAvailable session) {
    var asker = new Asker();
    submit(nodeId, command, session, asker);
    return asker;
  }

  void submit(int nodeId, Command command, JobsAvailable session, Reply.Listener listener) {
    held.get(nodeId).replica.submit(command, world.codec.encode(command), session, listener);
  }

  /// Asks the leader.
  Asker submit(Command command) {
    return submit(log.leader().nodeId(), command, null);
  }

  /// Asks the leader and lets the log do its work.
  Answer run(Command command) {
    Asker asker = submit(command);
    log.settle();
    return asker.answer();
  }

  DeployResources deployment(ModelBuilder model) {
    ProcessModel built = model.build();
    return new DeployResources(
        List.of(world.resources.file(built.bpmnProcessId() + ".bpmn", built)), TENANT);
  }

  void deploy(ModelBuilder model) {
    assertInstanceOf(Answer.ResourcesDeployed.class, run(deployment(model)));
  }

  /// The process `order` with a job of the type `work`.
  static ModelBuilder oneTask() {
    return oneTask("order", "work");
  }

  static ModelBuilder oneTask(String processId, String jobType) {
    return ModelBuilder.process(processId).start("start").task(jobType).end("end");
  }

  static CreateProcessInstance create(String processId) {
    return new CreateProcessInstance(processId, -1, -1, JsonObject.empty(), null, TENANT);
  }

  static CreateProcessInstance createAwaiting(String processId) {
    return new CreateProcessInstance(
        processId, -1, -1, JsonObject.empty(), new ResultRequest(List.of()), TENANT);
  }

  static ActivateJobs activate(String type) {
    return new ActivateJobs(
        type, "worker", WORKER_TIMEOUT_MS, 10, List.of(), List.of(TENANT), 1_000_000);
  }

  static CompleteJob complete(ActivatedJob job) {
    return new CompleteJob(job.key(), JsonObject.empty());
  }

  /// Asks the leader for jobs without waiting for any.
  List<ActivatedJob> jobs(String type) {
    return assertInstanceOf(Answer.JobsActivated.class, run(activate(type))).jobs();
  }
}
