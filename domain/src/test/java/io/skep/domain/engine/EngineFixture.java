package io.skep.domain.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.skep.domain.engine.deployment.DeployedProcess;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.element.ElementCommand.ContinueFollowUps;
import io.skep.domain.engine.element.ElementEvent;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.incident.Incident;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.incident.IncidentEvent.IncidentCreated;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.ResultRequest;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import io.skep.domain.engine.signal.SignalCommand.BroadcastSignal;
import io.skep.domain.engine.store.Fingerprints;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.domain.engine.variable.VariableCommand.SetVariables;
import io.skep.domain.engine.variable.VariableScope;
import io.skep.domain.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A partition as tests drive it. Beside what the test asks for, each turn is checked as
/// [CheckedEngine] does.
public final class EngineFixture {
  /// A Monday, 2026-03-02T00:00:00Z.
  public static final long START_MS = 1_772_409_600_000L;

  public static final String TENANT = "<default>";

  private final FakeResources resources;
  private final FaultPoints faults;
  private final CheckedEngine engine;
  private long nowMs = START_MS;
  private long request;

  public EngineFixture() {
    this(1, 1);
  }

  public EngineFixture(int partitionId, int partitionCount) {
    this(partitionId, partitionCount, new Shared(new Fingerprints()));
  }

  /// What partitions that are to understand each other have in common.
  record Shared(
      FakeResources resources,
      FaultPoints faults,
      MessageHistory messages,
      Fingerprints fingerprints) {
    Shared(Fingerprints fingerprints) {
      this(new FakeResources(), new FaultPoints(), new MessageHistory(), fingerprints);
    }
  }

  EngineFixture(int partitionId, int partitionCount, Shared shared) {
    this.resources = shared.resources;
    this.faults = shared.faults;
    engine = new CheckedEngine(partitionId, partitionCount, shared);
  }

  public static JsonObject json(String text) {
    return JsonObject.parse(text.getBytes(UTF_8));
  }

  // What happened.

  /// @param answer `null` if it is left to a later turn
  /// @param fault the bug that undid the turn or a part of it, or `null`
  public record Step(
      Answer answer,
      List<Event> events,
      List<String> availableJobTypes,
      boolean hasMail,
      List<Record> records,
      RuntimeException fault) {

    public List<String> trace() {
      return events.stream().map(Trace::line).toList();
    }
  }

  /// Runs a command, and checks what must hold after any command.
  public Step process(Command command) {
    return process(command, ++request);
  }

  private Step process(Command command, long request) {
    return engine.process(command, nowMs, request);
  }

  /// Runs a command into a bug, if it looks at a model often enough: then nothing may have changed.
  ///
  /// @param looks how many looks at a model go well
  Step processWithFault(Command command, int looks) {
    return engine.processWithFault(command, looks, nowMs, ++request);
  }

  /// Cuts even small processes into many turns.
  void limitFollowUps(int maxFollowUps) {
    engine.limitFollowUps(maxFollowUps);
  }

  /// Goes on with an engine that was restored from a checkpoint of this one.
  public void restart() {
    engine.restart();
  }

  public Engine engine() {
    return engine.engine();
  }

  /// All of it in memory.
  public State state() {
    return engine.state();
  }

  boolean isLossless() {
    return engine.isLossless();
  }

  /// What the events alone must give again.
  public long digest() {
    return engine.digest();
  }

  // Asking for something.

  public Resource file(String name, ProcessModel... models) {
    return resources.file(name, models);
  }

  public Resource largeFile(String name, int bytes, ProcessModel... models) {
    return resources.largeFile(name, bytes, models);
  }

  public Answer deploy(Resource... files) {
    return process(new DeployResources(List.of(files), TENANT)).answer;
  }

  /// Deploys a model in a file of its own.
  public DeployedProcess deploy(ModelBuilder model) {
    ProcessModel built = model.build(faults);
    Answer answer = deploy(file(built.bpmnProcessId() + ".bpmn", built));
    return assertInstanceOf(Answer.ResourcesDeployed.class, answer).processes().getFirst();
  }

  public static CreateProcessInstance createCommand(String processId, String variables) {
    return new CreateProcessInstance(processId, -1, -1, json(variables), null, TENANT);
  }

  /// Creates an instance of the latest version.
  ///
  /// @return its key
  public long create(String processId, String variables) {
    Answer answer = process(createCommand(processId, variables)).answer;
    return assertInstanceOf(Answer.InstanceCreated.class, answer).processInstanceKey();
  }

  public long create(String processId) {
    return create(processId, "{}");
  }

  /// Creates an instance whose result is waited for.
  ///
  /// @return the request, by which [#resultOf] tells what came of it
  public long createAwaiting(String processId, String variables, String... fetchVariables) {
    var result = new ResultRequest(List.of(fetchVariables));
    long request = ++this.request;
    Step step =
        process(
            new CreateProcessInstance(processId, -1, -1, json(variables), result, TENANT), request);
    assertEquals(null, step.answer, "the answer has to wait");
    return request;
  }

  /// The variables that a request was answered with, or `null` if it was not answered.
  public String resultOf(long request) {
    for (Outcome.Reply reply : engine.replies()) {
      if (reply.request() == request) {
        return assertInstanceOf(Answer.InstanceCompleted.class, reply.answer())
            .variables()
            .toString();
      }
    }
    return null;
  }

  /// Answers to commands of earlier turns.
  public List<Outcome.Reply> replies() {
    return engine.replies();
  }

  /// Requests that will never be answered.
  public List<Long> abandoned() {
    return engine.abandoned();
  }

  public Answer cancel(long processInstanceKey) {
    return process(new CancelProcessInstance(processInstanceKey)).answer;
  }

  /// Asks for jobs for five minutes.
  public List<ActivatedJob> activate(String type, int maxJobs, String... fetchVariables) {
    var jobs = new ArrayList<ActivatedJob>();
    Answer.JobsActivated answer;
    do {
      var command =
          new ActivateJobs(
              type,
              "worker",
              300_000,
              maxJobs - jobs.size(),
              List.of(fetchVariables),
              List.of(TENANT),
              4_000_000);
      answer = assertInstanceOf(Answer.JobsActivated.class, process(command).answer);
      jobs.addAll(answer.jobs());
    } while (answer.truncated() && jobs.size() < maxJobs);
    return jobs;
  }

  /// Asks for one job, which there must be.
  public ActivatedJob activate(String type) {
    List<ActivatedJob> jobs = activate(type, 1);
    assertEquals(1, jobs.size(), () -> "jobs of type " + type);
    return jobs.getFirst();
  }

  public Answer complete(ActivatedJob job, String variables) {
    return process(new CompleteJob(job.key(), json(variables))).answer;
  }

  /// Does all the work there is of some types.
  public void work(String... types) {
    for (String type : types) for (ActivatedJob job : activate(type, 1_000)) complete(job, "{}");
  }

  public Answer fail(ActivatedJob job, int retries, long backoffMs) {
    return process(new FailJob(job.key(), retries, backoffMs, "", JsonObject.empty())).answer;
  }

  public Answer setVariables(long elementInstanceKey, String variables) {
    return process(new SetVariables(elementInstanceKey, json(variables), false)).answer;
  }

  public Answer setLocalVariables(long elementInstanceKey, String variables) {
    return process(new SetVariables(elementInstanceKey, json(variables), true)).answer;
  }

  public Answer resolve(long incidentKey) {
    return process(new ResolveIncident(incidentKey)).answer;
  }

  /// Publishes a message that is kept for an hour.
  public Answer publish(String name, String correlationKey, String variables) {
    return publish(name, correlationKey, variables, Duration.ofHours(1));
  }

  public Answer publish(String name, String correlationKey, String variables, Duration timeToLive) {
    return process(
            new PublishMessage(
                name, correlationKey, timeToLive.toMillis(), "", json(variables), TENANT))
        .answer;
  }

  public Answer broadcast(String signal, String variables) {
    return process(new BroadcastSignal(signal, json(variables), TENANT)).answer;
  }

  /// Lets time pass, and everything that becomes due happen at its time.
  public void pass(Duration span) {
    long untilMs = nowMs + span.toMillis();
    while (engine().nextDueAtMs() <= untilMs) {
      nowMs = Math.max(nowMs, engine().nextDueAtMs());
      process(new TriggerDue());
    }
    nowMs = untilMs;
  }

  /// Sets the leader's clock, perhaps back.
  public void setClock(long nowMs) {
    this.nowMs = nowMs;
  }

  public long nowMs() {
    return nowMs;
  }

  /// Goes on with what was too much for one turn.
  ///
  /// @return in how many turns
  public int settle() {
    int turns = 0;
    for (; engine().hasBacklog(); turns++) process(new ContinueFollowUps());
    return turns;
  }

  // Looking.

  /// All that has happened since this was last asked for.
  public List<String> trace() {
    return engine.trace();
  }

  /// Of that, what happened to elements.
  public List<String> elementTrace() {
    return trace().stream()
        .filter(line -> line.contains(" ELEMENT_") || line.endsWith("_TAKEN"))
        .toList();
  }

  /// The one living instance of an element.
  public ElementInstance element(String id) {
    List<ElementInstance> found = elements(id);
    assertEquals(1, found.size(), () -> "instances of " + id);
    return found.getFirst();
  }

  public List<ElementInstance> elements(String id) {
    var found = new ArrayList<ElementInstance>();
    for (long key : state().elements().sortedKeys()) {
      ElementInstance instance = state().elements().get(key);
      if (instance.element().id().equals(id)) found.add(instance);
    }
    return found;
  }

  public boolean isRunning(long processInstanceKey) {
    return state().elements().get(processInstanceKey) != null;
  }

  /// The variables of one scope as JSON, in the order in which they were created.
  public String variables(long scopeKey) {
    VariableScope scope = state().variables().get(scopeKey);
    if (scope == null) return "{}";
    var text = new StringBuilder("{");
    for (int i = 0; i < scope.size(); i++) {
      if (i > 0) text.append(',');
      text.append('"')
          .append(scope.name(i))
          .append("\":")
          .append(new String(scope.value(i), UTF_8));
    }
    return text.append('}').toString();
  }

  /// The one incident there is.
  public IncidentCreated incident() {
    List<IncidentCreated> found = incidents();
    assertEquals(1, found.size(), found::toString);
    return found.getFirst();
  }

  /// Unresolved incidents in the order of the elements they stopped.
  public List<IncidentCreated> incidents() {
    var found = new ArrayList<IncidentCreated>();
    for (long key : state().elements().sortedKeys()) {
      ElementInstance instance = state().elements().get(key);
      if (instance.incidentKey() != 0) add(instance.incidentKey(), found);
      if (instance.jobKey() != 0) add(state().jobs().get(instance.jobKey()).incidentKey(), found);
    }
    return found;
  }

  private void add(long incidentKey, List<IncidentCreated> to) {
    Incident incident = state().incidents().get(incidentKey);
    if (incident != null) to.add(incident.created());
  }

  /// How often elements of this id have been completed in a step.
  public static long completed(Step step, String id) {
    return step.events.stream()
        .filter(
            event ->
                event instanceof ElementEvent.ElementCompleted(var place)
                    && place.element().id().equals(id))
        .count();
  }

  /// Nothing is left of any instance.
  public void assertNothingLeft() {
    assertEquals(0, state().elements().size(), "element instances");
    assertEquals(0, state().variables().size(), "variables");
    assertEquals(0, state().jobs().size(), "jobs");
    assertEquals(0, state().timers().size(), "timers");
    assertEquals(0, state().incidents().size(), "incidents");
    assertEquals(0, state().awaitedResults().size(), "awaited results");
    assertEquals(0, state().processSubscriptions().size(), "subscriptions to messages");
    assertEquals(0, state().messageSubscriptions().size(), "subscriptions of any partition");
    assertEquals(0, state().signalSubscriptions().size(), "subscriptions to signals");
    assertEquals(0, state().startLocks().size(), "instances that were started by a message");
    assertEquals(0, state().processes().retiredCount(), "deleted processes");
    assertEquals(Long.MAX_VALUE, engine().nextDueAtMs(), "due");
    assertEquals(false, engine().hasBacklog(), "backlog");
  }

  public static void assertRejected(Rejection.Reason reason, Answer answer) {
    assertEquals(reason, assertInstanceOf(Rejection.class, answer).reason(), answer::toString);
  }
}
