package io.skep.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.domain.engine.deployment.Resource;

/// Processes for the benchmarks, as files.
final class Models {
  static final String TASK = "task";
  static final String CONDITION = "condition";

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

  private static Resource file(String id, String elements) {
    String text =
        """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="benchmark"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
          <process id="%s" isExecutable="true">
            %s
          </process>
        </definitions>
        """
            .formatted(id, elements);
    return new Resource(id + ".bpmn", text.getBytes(UTF_8));
  }
}
