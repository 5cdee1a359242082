package io.skep.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A model that has of everything a little: what reads it has done once what most models need.
final class SmallModel {
  static final String NAME = "training.bpmn";

  private static final String TEXT =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="training"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
        <process id="training" isExecutable="true">
          <startEvent id="start"/>
          <sequenceFlow id="a" sourceRef="start" targetRef="choice"/>
          <exclusiveGateway id="choice" default="c"/>
          <sequenceFlow id="b" sourceRef="choice" targetRef="task">
            <conditionExpression xsi:type="tFormalExpression">=amount &gt; 100</conditionExpression>
          </sequenceFlow>
          <sequenceFlow id="c" sourceRef="choice" targetRef="end"/>
          <serviceTask id="task">
            <extensionElements><zeebe:taskDefinition type="training"/></extensionElements>
          </serviceTask>
          <sequenceFlow id="d" sourceRef="task" targetRef="end"/>
          <endEvent id="end"/>
        </process>
      </definitions>
      """;

  private SmallModel() {}

  static byte[] content() {
    return TEXT.getBytes(UTF_8);
  }
}
