package io.skep.domain.engine.instance;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.engine.deployment.ProcessTable;
import io.skep.domain.engine.element.Container;
import io.skep.domain.engine.element.ElementCommand.TerminateElement;
import io.skep.domain.engine.element.ElementEvent.Cause;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.ElementState;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.instance.InstanceCommand.*;
import io.skep.domain.engine.instance.InstanceEvent.*;
import io.skep.domain.engine.variable.Variables;

/// Creates and cancels process instances, and tells their results.
public final class Instances {
  private Instances() {}

  public static void process(InstanceCommand command, Turn turn) {
    switch (command) {
      case CreateProcessInstance create -> create(create, turn);
      case CancelProcessInstance(long key) -> cancel(key, turn);
    }
  }

  private static void create(CreateProcessInstance command, Turn turn) {
    ProcessDefinition definition = find(command, turn);
    if (definition == null) return;
    Container root = definition.model().root();
    if (root.startEvent() < 0) {
      turn.reject(
          Reason.INVALID_STATE,
          "Expected process '%s' to have a none start event, but it has none"
              .formatted(definition.bpmnProcessId()));
      return;
    }
    long key = turn.nextKey();
    Variables.setLocal(key, key, command.variables(), turn);
    turn.append(new InstanceCreated(turn.nextKey(), key, definition, command.variables()));
    if (command.result() == null) {
      turn.answer(created(key, definition));
    } else {
      turn.append(new ResultAwaited(key, turn.request(), command.result().fetchVariables()));
      turn.answerLater();
    }
    Elements.enter(new Place(key, key, 0, definition, root), Cause.START, turn);
  }

  private static Answer.InstanceCreated created(long key, ProcessDefinition definition) {
    return new Answer.InstanceCreated(
        definition.key(),
        definition.bpmnProcessId(),
        definition.version(),
        key,
        definition.tenantId());
  }

  private static ProcessDefinition find(CreateProcessInstance command, Turn turn) {
    ProcessTable processes = turn.state().processes();
    String id = command.bpmnProcessId();
    ProcessDefinition found;
    if (!id.isEmpty()) {
      boolean latest = command.version() < 0;
      found = latest ? processes.latest(id) : processes.version(id, command.version());
    } else if (command.processDefinitionKey() >= 0) {
      found = processes.get(command.processDefinitionKey());
    } else {
      turn.reject(
          Reason.INVALID_ARGUMENT,
          "Expected a process id or a process definition key of 0 and more, but there is no id and the key is '%d'"
              .formatted(command.processDefinitionKey()));
      return null;
    }
    if (found == null) {
      turn.reject(
          Reason.NOT_FOUND,
          "Expected a process definition with %s, but there is none".formatted(wanted(command)));
    }
    return found;
  }

  private static String wanted(CreateProcessInstance command) {
    String id = command.bpmnProcessId();
    if (id.isEmpty()) return "key '%d'".formatted(command.processDefinitionKey());
    if (command.version() < 0) return "id '%s'".formatted(id);
    return "id '%s' and version '%d'".formatted(id, command.version());
  }

  private static void cancel(long key, Turn turn) {
    ElementInstance instance = turn.state().elements().get(key);
    if (instance == null
        || instance.scopeKey() != 0
        || instance.state() == ElementState.TERMINATING) {
      turn.reject(
          Reason.NOT_FOUND,
          "Expected a running process instance with key '%d', but there is none".formatted(key));
      return;
    }
    turn.then(new TerminateElement(key));
    turn.answer(new Answer.Done(key));
  }

  /// Answers the one who waits for a process instance that completes, if there is one.
  public static void giveResult(ElementInstance instance, Turn turn) {
    long key = instance.key();
    AwaitedResult awaited = turn.state().awaitedResults().get(key);
    if (awaited == null) return;
    var variables = Variables.local(key, awaited.fetchVariables(), turn);
    turn.append(new ResultGiven(key));
    turn.reply(
        awaited.request(),
        new Answer.InstanceCompleted(created(key, instance.definition()), variables));
  }

  /// A process instance was cancelled: it has no result.
  public static void abandonResult(long processInstanceKey, Turn turn) {
    AwaitedResult awaited = turn.state().awaitedResults().get(processInstanceKey);
    if (awaited != null) turn.abandon(awaited.request());
  }
}
