package io.skep.domain.engine;

import io.skep.domain.engine.ModelDraft.Draft;
import io.skep.domain.engine.ModelDraft.Maker;
import io.skep.domain.engine.element.ElementType;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.element.container.ProcessRoot;
import io.skep.domain.engine.element.container.SubProcess;
import io.skep.domain.engine.element.event.BoundaryEvent;
import io.skep.domain.engine.element.event.EndEvent;
import io.skep.domain.engine.element.event.EventDefinition;
import io.skep.domain.engine.element.event.IntermediateCatchEvent;
import io.skep.domain.engine.element.event.MessageDefinition;
import io.skep.domain.engine.element.event.SignalDefinition;
import io.skep.domain.engine.element.event.SignalThrowEvent;
import io.skep.domain.engine.element.event.StartEvent;
import io.skep.domain.engine.element.event.TimerDefinition;
import io.skep.domain.engine.element.event.TimerDefinition.Kind;
import io.skep.domain.engine.element.event.TriggeredStartEvent;
import io.skep.domain.engine.element.event.TriggeredStartEvent.Trigger;
import io.skep.domain.engine.element.gateway.EventBasedGateway;
import io.skep.domain.engine.element.gateway.ExclusiveGateway;
import io.skep.domain.engine.element.gateway.ParallelGateway;
import io.skep.domain.engine.element.task.JobTask;
import io.skep.domain.engine.element.task.PassThrough;
import io.skep.domain.engine.element.task.ReceiveTask;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.FakeExpression;
import io.skep.domain.expression.StaticText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Builds process models as one would draw them: each element is connected to the one before it.
/// [#at] goes back to an earlier one, [#to] connects to one that is there already. A flow is called
/// by its ends, such as `start-task`.
public final class ModelBuilder {
  private final ModelDraft drawn = new ModelDraft();
  private final Deque<Draft> scopes = new ArrayDeque<>();
  private Draft current;
  private Expression condition;
  private boolean isDefault;

  private ModelBuilder(String id) {
    scopes.push(
        add(id, ElementType.PROCESS, (draft, node, _) -> new ProcessRoot(node, draft.startEvent)));
    current = null;
  }

  public static ModelBuilder process(String id) {
    return new ModelBuilder(id);
  }

  public static TimerDefinition after(String duration) {
    return new TimerDefinition(Kind.DURATION, StaticText.string(duration));
  }

  public static TimerDefinition after(Expression duration) {
    return new TimerDefinition(Kind.DURATION, duration);
  }

  public static TimerDefinition on(String date) {
    return new TimerDefinition(Kind.DATE, StaticText.string(date));
  }

  public static TimerDefinition every(String cycle) {
    return new TimerDefinition(Kind.CYCLE, StaticText.string(cycle));
  }

  /// A message whose correlation key is the variable of this name.
  public static MessageDefinition message(String name, String keyVariable) {
    return new MessageDefinition(StaticText.string(name), FakeExpression.variable(keyVariable));
  }

  public static SignalDefinition signal(String name) {
    return new SignalDefinition(StaticText.string(name));
  }

  /// A start event that waits for a message.
  public ModelBuilder startOnMessage(String id, String name) {
    return startOn(id, Trigger.MESSAGE, name);
  }

  /// A start event that waits for a signal.
  public ModelBuilder startOnSignal(String id, String name) {
    return startOn(id, Trigger.SIGNAL, name);
  }

  private ModelBuilder startOn(String id, Trigger trigger, String name) {
    current = null;
    return next(
        id, ElementType.START_EVENT, (_, node, _) -> new TriggeredStartEvent(node, trigger, name));
  }

  public ModelBuilder start(String id) {
    next(id, ElementType.START_EVENT, (_, node, _) -> new StartEvent(node));
    scopes.peek().startEvent = current.index;
    return this;
  }

  public ModelBuilder end(String id) {
    return next(id, ElementType.END_EVENT, (_, node, _) -> new EndEvent(node));
  }

  /// A task that passes on.
  public ModelBuilder pass(String id) {
    return next(id, ElementType.MANUAL_TASK, (_, node, _) -> new PassThrough(node));
  }

  /// A service task with three retries whose job type is its id.
  public ModelBuilder task(String id) {
    return next(
        id,
        ElementType.SERVICE_TASK,
        (draft, node, _) -> new JobTask(node, draft.jobType, draft.retries, draft.headers));
  }

  public ModelBuilder exclusive(String id) {
    return next(
        id,
        ElementType.EXCLUSIVE_GATEWAY,
        (draft, node, all) ->
            new ExclusiveGateway(node, draft.defaultFlow < 0 ? null : all.get(draft.defaultFlow)));
  }

  public ModelBuilder parallel(String id) {
    return next(id, ElementType.PARALLEL_GATEWAY, (_, node, _) -> new ParallelGateway(node));
  }

  public ModelBuilder timer(String id, TimerDefinition timer) {
    return waitFor(id, timer);
  }

  /// An intermediate catch event.
  public ModelBuilder waitFor(String id, EventDefinition event) {
    return next(
        id,
        ElementType.INTERMEDIATE_CATCH_EVENT,
        (_, node, _) -> new IntermediateCatchEvent(node, event));
  }

  public ModelBuilder receive(String id, MessageDefinition message) {
    return next(id, ElementType.RECEIVE_TASK, (_, node, _) -> new ReceiveTask(node, message));
  }

  /// A gateway that waits for the first of the catch events behind it.
  public ModelBuilder firstOf(String id) {
    return next(id, ElementType.EVENT_BASED_GATEWAY, (_, node, _) -> new EventBasedGateway(node));
  }

  public ModelBuilder broadcast(String id, SignalDefinition signal) {
    return next(
        id,
        ElementType.INTERMEDIATE_THROW_EVENT,
        (_, node, _) -> new SignalThrowEvent(node, signal));
  }

  /// What follows lies in the sub-process, until [#endSubProcess].
  public ModelBuilder subProcess(String id) {
    next(id, ElementType.SUB_PROCESS, (draft, node, _) -> new SubProcess(node, draft.startEvent));
    scopes.push(current);
    current = null;
    return this;
  }

  public ModelBuilder endSubProcess() {
    current = scopes.pop();
    return this;
  }

  /// An event that terminates the activity it is attached to, which is the current element.
  public ModelBuilder interruptedBy(String id, EventDefinition event) {
    return boundary(id, event, true);
  }

  /// An event that lets the activity it is attached to go on, which is the current element.
  public ModelBuilder accompaniedBy(String id, EventDefinition event) {
    return boundary(id, event, false);
  }

  private ModelBuilder boundary(String id, EventDefinition event, boolean interrupting) {
    int attachedTo = current.index;
    Draft boundary =
        add(
            id,
            ElementType.BOUNDARY_EVENT,
            (_, node, _) -> new BoundaryEvent(node, attachedTo, interrupting, event));
    current.boundaryEvents.add(boundary.index);
    current = boundary;
    return this;
  }

  /// Goes on from an element that is there already.
  public ModelBuilder at(String id) {
    current = drawn.find(id);
    return this;
  }

  /// Connects to an element that is there already.
  public ModelBuilder to(String id) {
    connect(drawn.find(id));
    return this;
  }

  /// The condition of the next flow.
  public ModelBuilder when(Expression condition) {
    this.condition = condition;
    return this;
  }

  /// The next flow is the default.
  public ModelBuilder otherwise() {
    isDefault = true;
    return this;
  }

  public ModelBuilder inputs(Expression inputs) {
    current.inputs = inputs;
    return this;
  }

  public ModelBuilder outputs(Expression outputs) {
    current.outputs = outputs;
    return this;
  }

  public ModelBuilder type(Expression type) {
    current.jobType = type;
    return this;
  }

  public ModelBuilder type(String type) {
    return type(StaticText.string(type));
  }

  public ModelBuilder retries(Expression retries) {
    current.retries = retries;
    return this;
  }

  public ModelBuilder headers(String json) {
    current.headers = EngineFixture.json(json);
    return this;
  }

  private ModelBuilder next(String id, ElementType type, Maker maker) {
    Draft draft = add(id, type, maker);
    if (current != null) connect(draft);
    current = draft;
    return this;
  }

  private Draft add(String id, ElementType type, Maker maker) {
    return drawn.add(id, type, scopes.peek(), maker);
  }

  private void connect(Draft to) {
    int flow = drawn.connect(current, to, condition);
    if (isDefault) current.defaultFlow = flow;
    condition = null;
    isDefault = false;
  }

  public ProcessModel build() {
    return build(new FaultPoints());
  }

  /// How lists are looked at.
  public interface ListView {
    <T> List<T> of(List<T> list);
  }

  /// @param outgoing how the flows out of an element are looked at
  public ProcessModel build(ListView outgoing) {
    return drawn.build(new FaultPoints(), outgoing);
  }

  /// @param faults sees each look at the model
  ProcessModel build(FaultPoints faults) {
    return drawn.build(
        faults,
        new ListView() {
          @Override
          public <T> List<T> of(List<T> list) {
            return list;
          }
        });
  }
}
