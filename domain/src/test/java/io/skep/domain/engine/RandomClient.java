package io.skep.domain.engine;

import static io.skep.domain.engine.EngineFixture.TENANT;
import static io.skep.domain.engine.EngineFixture.json;

import io.skep.domain.engine.element.ElementCommand.ContinueFollowUps;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.incident.IncidentEvent.IncidentCreated;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.ResultRequest;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.Activation;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.engine.job.JobCommand.ThrowError;
import io.skep.domain.engine.job.JobCommand.UpdateJobRetries;
import io.skep.domain.engine.job.JobCommand.UpdateJobTimeout;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import io.skep.domain.engine.message.ProcessSubscription;
import io.skep.domain.engine.signal.SignalCommand.BroadcastSignal;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.domain.engine.variable.VariableCommand.SetVariables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Does to a partition whatever clients, time and bugs may do, drawn from a seed.
final class RandomClient {
  private static final List<String> KEYS = List.of("p", "q", "r");

  private final SplittableRandom random;
  private final Partitions partitions;
  private final EngineFixture partition;
  private final List<String> processes;

  /// Jobs that were ever handed out, also those that are long gone.
  private final List<ActivatedJob> jobs = new ArrayList<>();

  private final List<Long> incidents = new ArrayList<>();

  /// @param partitionId which of them it is about; messages are for whichever has to do with them
  RandomClient(
      SplittableRandom random, Partitions partitions, int partitionId, List<String> processes) {
    this.random = random;
    this.partitions = partitions;
    this.partition = partitions.get(partitionId);
    this.processes = processes;
  }

  void step() {
    if (random.nextInt(6) == 0) {
      letTimePass();
      return;
    }
    Command command = command();
    EngineFixture to =
        command instanceof PublishMessage publish
            ? partitions.ofCorrelationKey(publish.correlationKey())
            : partition;
    EngineFixture.Step step =
        random.nextInt(4) == 0
            ? to.processWithFault(command, random.nextInt(60))
            : to.process(command);
    if (step.answer() instanceof Answer.JobsActivated(var activated, _)) jobs.addAll(activated);
    for (IncidentCreated incident : partition.incidents()) {
      if (!incidents.contains(incident.key())) incidents.add(incident.key());
    }
  }

  private void letTimePass() {
    switch (random.nextInt(3)) {
      case 0 -> partition.pass(Duration.ofMillis(random.nextInt(100_000)));
      // Another leader's clock, perhaps one that is behind.
      case 1 -> partition.setClock(partition.nowMs() + random.nextInt(-5_000, 50_000));
      default -> partition.process(new TriggerDue());
    }
  }

  private Command command() {
    if (partition.engine().hasBacklog() && random.nextBoolean()) return new ContinueFollowUps();
    return switch (random.nextInt(18)) {
      case 0, 1, 2 -> create();
      case 3, 4 -> activate();
      case 5, 6, 7 -> new CompleteJob(job(), variables());
      case 8 ->
          new FailJob(job(), random.nextInt(-1, 3), random.nextInt(2) * 10_000L, "no", variables());
      case 9 -> jobCommand();
      case 10 -> new ResolveIncident(incident());
      case 11 -> new SetVariables(element(), variables(), random.nextBoolean());
      case 12 -> new SetVariables(element(), json(RandomModel.REPAIR), false);
      case 13, 14, 15 -> publish();
      case 16 -> new BroadcastSignal(anyName(), variables(), TENANT);
      default -> random.nextInt(3) == 0 ? new CancelProcessInstance(instance()) : new TriggerDue();
    };
  }

  private PublishMessage publish() {
    String key = random.nextInt(8) == 0 ? "" : KEYS.get(random.nextInt(KEYS.size()));
    long timeToLiveMs = random.nextBoolean() ? 0 : random.nextInt(60_000);
    String id = random.nextInt(4) == 0 ? "id" : "";
    return new PublishMessage(anyName(), key, timeToLiveMs, id, variables(), TENANT);
  }

  private String anyName() {
    return switch (random.nextInt(5)) {
      case 0 -> RandomModel.STARTING;
      case 1, 2 -> RandomModel.AWAITED.get(random.nextInt(RandomModel.AWAITED.size()));
      default -> RandomModel.BESIDES.get(random.nextInt(RandomModel.BESIDES.size()));
    };
  }

  private Command create() {
    String process = processes.get(random.nextInt(processes.size()));
    ResultRequest result = random.nextInt(4) == 0 ? new ResultRequest(List.of()) : null;
    var variables = json("{\"u\":1,\"%s\":\"%s\"}".formatted(RandomModel.KEY, key()));
    return new CreateProcessInstance(process, -1, -1, variables, result, TENANT);
  }

  private String key() {
    return KEYS.get(random.nextInt(KEYS.size()));
  }

  private Command activate() {
    String type = RandomModel.JOB_TYPES.get(random.nextInt(RandomModel.JOB_TYPES.size()));
    long timeoutMs = 1 + random.nextInt(60_000);
    List<String> fetch = random.nextBoolean() ? List.of() : List.of("u", "ok");
    int maxBytes = random.nextInt(4) == 0 ? 290 : 1_000_000;
    return new ActivateJobs(
        type, "worker", timeoutMs, 1 + random.nextInt(5), fetch, List.of(TENANT), maxBytes);
  }

  private Command jobCommand() {
    return switch (random.nextInt(4)) {
      case 0 -> new ThrowError(job(), "code", "text", variables());
      case 1 -> new YieldJobs(List.of(activation(), activation()));
      case 2 -> new UpdateJobRetries(job(), random.nextInt(4));
      default -> new UpdateJobTimeout(job(), random.nextInt(60_000));
    };
  }

  private Activation activation() {
    if (jobs.isEmpty()) return new Activation(1, Activation.ANY);
    ActivatedJob job = jobs.get(random.nextInt(jobs.size()));
    return new Activation(job.key(), random.nextInt(4) == 0 ? Activation.ANY : job.deadlineMs());
  }

  private long job() {
    return jobs.isEmpty() ? 1 : jobs.get(random.nextInt(jobs.size())).key();
  }

  private long incident() {
    return incidents.isEmpty() ? 1 : incidents.get(random.nextInt(incidents.size()));
  }

  private long element() {
    long[] keys = partition.state().elements().sortedKeys();
    return keys.length == 0 ? 1 : keys[random.nextInt(keys.length)];
  }

  private long instance() {
    long key = element();
    var element = partition.state().elements().get(key);
    return element == null ? key : element.processInstanceKey();
  }

  private io.skep.domain.json.JsonObject variables() {
    return switch (random.nextInt(3)) {
      case 0 -> json("{}");
      case 1 -> json("{\"u\":%d,\"v\":%d}".formatted(random.nextInt(3), random.nextInt(3)));
      default -> json("{\"w\":\"" + "x".repeat(random.nextInt(40)) + "\"}");
    };
  }

  boolean isDone() {
    return partition.state().elements().size() == 0 && !partition.engine().hasBacklog();
  }

  /// Does some of all there is to be done.
  void workOff() {
    partition.settle();
    repair();
    for (String type : RandomModel.JOB_TYPES) {
      for (ActivatedJob job : partition.activate(type, 1_000)) partition.complete(job, "{}");
    }
    partition.settle();
    for (String name : awaitedSignals()) partition.broadcast(name, "{}");
    for (ProcessSubscription awaited : awaitedMessages()) {
      var start = awaited.start();
      partitions.publish(start.messageName(), start.correlationKey(), "{}", Duration.ZERO);
      partitions.settle();
    }
    if (partition.engine().nextDueAtMs() < Long.MAX_VALUE) {
      partition.setClock(Math.max(partition.nowMs(), partition.engine().nextDueAtMs()));
      partition.process(new TriggerDue());
    }
  }

  /// Those without which it would not go on.
  private List<ProcessSubscription> awaitedMessages() {
    var awaited = new ArrayList<ProcessSubscription>();
    for (long key : partition.state().elements().sortedKeys()) {
      var element = partition.state().elements().get(key);
      for (int i = 0; i < element.messageSubscriptionCount(); i++) {
        var found = partition.state().processSubscriptions().get(element.messageSubscriptionKey(i));
        if (RandomModel.AWAITED.contains(found.start().messageName())) awaited.add(found);
      }
    }
    return awaited;
  }

  private Set<String> awaitedSignals() {
    var awaited = new TreeSet<String>();
    for (long key : partition.state().elements().sortedKeys()) {
      var element = partition.state().elements().get(key);
      for (int i = 0; i < element.signalSubscriptionCount(); i++) {
        var found = partition.state().signalSubscriptions().get(element.signalSubscriptionKey(i));
        if (RandomModel.AWAITED.contains(found.start().signalName()))
          awaited.add(found.start().signalName());
      }
    }
    return awaited;
  }

  private void repair() {
    for (IncidentCreated incident : partition.incidents()) {
      partition.setVariables(incident.place().processInstanceKey(), RandomModel.REPAIR);
      // An instance that an event has started may have no key.
      partition.setVariables(incident.place().processInstanceKey(), "{\"k\":\"p\"}");
      if (incident.jobKey() != 0) partition.process(new UpdateJobRetries(incident.jobKey(), 1));
      partition.resolve(incident.key());
      partition.settle();
    }
  }

  void cancelAll() {
    for (long key : partition.state().elements().sortedKeys()) partition.cancel(key);
    partition.settle();
  }

  List<String> waiting() {
    var waiting = new ArrayList<String>();
    for (long key : partition.state().elements().sortedKeys()) {
      var element = partition.state().elements().get(key);
      waiting.add(element.element().id() + " " + element.state());
    }
    return waiting;
  }
}
