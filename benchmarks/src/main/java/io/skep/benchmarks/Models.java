package io.skep.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.domain.engine.deployment.Resource;

/// Processes for the benchmarks, as files.
final class Models {
  static final String TASK = "task";
  static final String CONDITION = "condition";
  static final String WAITING = "waiting";

  /// The message that the catch event waits for; its correlation key is the variable `order`.
  static final String MESSAGE = "paid";

  private Models() {}

  /// Start, service task, end.
  static Resource task() {
    return file(
        TASK,
        """
        <startEvent id="start"/>
        <sequenceFlow id="a" sourceRef="start" targetRef="work"/>
        <serviceTask id="work">
          <extensionElements><zeebe:taskDefinition type="work"/></extensionElements>
        </serviceTask>
        <sequenceFlow id="b" sourceRef="work" targetRef="end"/>
        <endEvent id="end"/>
        """);
  }

  /// Start, exclusive gateway with a condition, end.
  static Resource condition() {
    return file(
        CONDITION,
        """
        <startEvent id="start"/>
        <sequenceFlow id="a" sourceRef="start" targetRef="choice"/>
        <exclusiveGateway id="choice" default="c"/>
        <sequenceFlow id="b" sourceRef="choice" targetRef="large">
          <conditionExpression xsi:type="tFormalExpression">=amount &gt; 100</conditionExpression>
        </sequenceFlow>
        <sequenceFlow id="c" sourceRef="choice" targetRef="small"/>
        <endEvent id="large"/>
        <endEvent id="small"/>
        """);
  }

  /// Start, catch event, end.
  static Resource waiting(Awaited awaited) {
    return file(
        WAITING,
        """
        <startEvent id="start"/>
        <sequenceFlow id="a" sourceRef="start" targetRef="wait"/>
        <intermediateCatchEvent id="wait">%s</intermediateCatchEvent>
        <sequenceFlow id="b" sourceRef="wait" targetRef="end"/>
        <endEvent id="end"/>
        """
            .formatted(awaited.definition),
        """
        <message id="message" name="%s">
          <extensionElements><zeebe:subscription correlationKey="=order"/></extensionElements>
        </message>
        <signal id="signal" name="sunrise"/>
        """
            .formatted(MESSAGE));
  }

  /// What a catch event may wait for.
  enum Awaited {
    MESSAGE("<messageEventDefinition messageRef=\"message\"/>"),
    SIGNAL("<signalEventDefinition signalRef=\"signal\"/>"),
    TIMER(
        "<timerEventDefinition><timeDuration xsi:type=\"tFormalExpression\">P1D</timeDuration></timerEventDefinition>");

    private final String definition;

    Awaited(String definition) {
      this.definition = definition;
    }
  }

  private static Resource file(String id, String elements) {
    return file(id, elements, "");
  }

  private static Resource file(String id, String elements, String others) {
    String text =
        """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="benchmark"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
          <process id="%s" isExecutable="true">
            %s
          </process>
          %s
        </definitions>
        """
            .formatted(id, elements, others);
    return new Resource(id + ".bpmn", text.getBytes(UTF_8));
  }
}
