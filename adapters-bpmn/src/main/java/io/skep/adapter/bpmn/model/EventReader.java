package io.skep.adapter.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.Signal;
import io.camunda.zeebe.model.bpmn.instance.SignalEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeSubscription;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.Node;
import io.skep.domain.engine.element.event.EventDefinition;
import io.skep.domain.engine.element.event.MessageDefinition;
import io.skep.domain.engine.element.event.SignalDefinition;
import io.skep.domain.engine.element.event.StartEvent;
import io.skep.domain.engine.element.event.TriggeredStartEvent;
import io.skep.domain.engine.element.event.TriggeredStartEvent.Trigger;
import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.EvaluationContext;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.StaticText;
import io.skep.domain.expression.ValueType;
import io.skep.domain.json.Json;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/// Reads what events wait for and what they throw.
///
/// Where something is missing the checks of the library have found it and say it in their words:
/// what is read then is of no meaning.
final class EventReader {
  private static final Expression MISSING = StaticText.string("");

  private final Expressions expressions;
  private final TimerReader timers;
  private final Problems problems;

  EventReader(Expressions expressions, TimerReader timers, Problems problems) {
    this.expressions = expressions;
    this.timers = timers;
    this.problems = problems;
  }

  /// What an event waits for.
  EventDefinition caught(CatchEvent event) {
    for (var definition : event.getChildElementsByType(MessageEventDefinition.class))
      return message(definition.getMessage());
    var signal = signal(event);
    return signal == null ? timers.read(event) : signal;
  }

  MessageDefinition message(ReceiveTask task) {
    return message(task.getMessage());
  }

  private MessageDefinition message(Message message) {
    var subscription = message == null ? null : subscription(message);
    return new MessageDefinition(
        name(message, message == null ? null : message.getName()),
        subscription == null
            ? MISSING
            : expressions.feel(subscription.getCorrelationKey(), subscription));
  }

  private static ZeebeSubscription subscription(Message message) {
    var extensions = message.getExtensionElements();
    if (extensions == null) return null;
    return extensions.getChildElementsByType(ZeebeSubscription.class).stream()
        .findFirst()
        .orElse(null);
  }

  /// The signal that an event waits for or throws, `null` if it is none.
  SignalDefinition signal(FlowNode event) {
    for (var definition : event.getChildElementsByType(SignalEventDefinition.class)) {
      Signal signal = definition.getSignal();
      return new SignalDefinition(name(signal, signal == null ? null : signal.getName()));
    }
    return null;
  }

  private Expression name(ModelElementInstance of, String name) {
    return name == null || name.isEmpty() ? MISSING : expressions.textOr(name, of);
  }

  /// A start event; of a process it may wait for something.
  Element start(Node node, io.camunda.zeebe.model.bpmn.instance.StartEvent event) {
    for (var definition : event.getChildElementsByType(MessageEventDefinition.class)) {
      Message message = definition.getMessage();
      var name = name(message, message == null ? null : message.getName());
      return new TriggeredStartEvent(node, Trigger.MESSAGE, known(name, event));
    }
    var signal = signal(event);
    return signal == null
        ? new StartEvent(node)
        : new TriggeredStartEvent(node, Trigger.SIGNAL, known(signal.name(), event));
  }

  /// The name as it is before there is any instance.
  private String known(Expression name, ModelElementInstance event) {
    var evaluation = name.evaluate(new NoVariables());
    if (evaluation instanceof Evaluation.Value value && value.type() == ValueType.STRING)
      return Json.unquote(value.json());
    problems.add(
        event,
        "Expected the name '%s' of what starts a process to be a string that needs no variables"
            .formatted(name.text()));
    return "";
  }

  /// What can be seen when a model is deployed.
  private record NoVariables() implements EvaluationContext {
    @Override
    public byte[] variable(String name) {
      return null;
    }

    @Override
    public long nowMs() {
      return 0;
    }

    @Override
    public long nextRandom() {
      return 0;
    }
  }
}
