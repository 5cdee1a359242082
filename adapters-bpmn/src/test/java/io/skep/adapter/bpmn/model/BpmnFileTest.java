package io.skep.adapter.bpmn.model;

import static io.skep.adapter.bpmn.model.Files.built;
import static io.skep.adapter.bpmn.model.Files.element;
import static io.skep.adapter.bpmn.model.Files.process;
import static io.skep.adapter.bpmn.model.Files.processes;
import static io.skep.adapter.bpmn.model.Files.withElements;
import static io.skep.adapter.bpmn.model.Files.withProcesses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.Flow;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.element.container.SubProcess;
import io.skep.domain.engine.element.event.BoundaryEvent;
import io.skep.domain.engine.element.event.EndEvent;
import io.skep.domain.engine.element.event.EventDefinition;
import io.skep.domain.engine.element.event.IntermediateCatchEvent;
import io.skep.domain.engine.element.event.StartEvent;
import io.skep.domain.engine.element.event.TimerDefinition;
import io.skep.domain.engine.element.event.TimerDefinition.Kind;
import io.skep.domain.engine.element.gateway.ExclusiveGateway;
import io.skep.domain.engine.element.gateway.ParallelGateway;
import io.skep.domain.engine.element.task.JobTask;
import io.skep.domain.expression.StaticText;
import java.util.List;
import org.junit.jupiter.api.Test;

class BpmnFileTest {
  @Test
  void shouldReadAProcess() {
    // when
    var process =
        process(
            built(
                start ->
                    start.serviceTask("task", t -> t.zeebeJobType("work")).endEvent("end").done()));

    // then
    assertEquals("order", process.bpmnProcessId());
    assertEquals(
        List.of("order", "start", "task", "end"),
        process.elements().stream().map(Element::id).toList());
    assertEquals(1, process.root().startEvent());
    assertInstanceOf(StartEvent.class, process.element(1));
    assertInstanceOf(EndEvent.class, process.element(3));
    assertSame(
        process.element(1).node().outgoing().getFirst(),
        process.element(2).node().incoming().getFirst());
    for (int i = 0; i < process.elements().size(); i++) assertEquals(i, process.element(i).index());
    for (int i = 0; i < process.flows().size(); i++)
      assertEquals(i, process.flows().get(i).index());
  }

  @Test
  void shouldTakeOutgoingFlowsInReverseDocumentOrder() {
    // when
    var process =
        process(
            withElements(
                """
                <bpmn:startEvent id="start" />
                <bpmn:parallelGateway id="fork" />
                <bpmn:endEvent id="a" /><bpmn:endEvent id="b" /><bpmn:endEvent id="c" />
                <bpmn:sequenceFlow id="to-b" sourceRef="fork" targetRef="b" />
                <bpmn:sequenceFlow id="to-fork" sourceRef="start" targetRef="fork" />
                <bpmn:sequenceFlow id="to-a" sourceRef="fork" targetRef="a" />
                <bpmn:sequenceFlow id="to-c" sourceRef="fork" targetRef="c" />
                """));

    // then
    var fork = element(process, "fork", ParallelGateway.class);
    assertEquals(
        List.of("to-c", "to-a", "to-b"), fork.node().outgoing().stream().map(Flow::id).toList());
    assertEquals(
        List.of("to-b", "to-fork", "to-a", "to-c"),
        process.flows().stream().map(Flow::id).toList());
  }

  @Test
  void shouldReadConditionsAndTheDefaultFlow() {
    // when
    var process =
        process(
            built(
                start ->
                    start
                        .exclusiveGateway("choice")
                        .sequenceFlowId("else")
                        .defaultFlow()
                        .endEvent()
                        .moveToNode("choice")
                        .sequenceFlowId("large")
                        .conditionExpression("total > 100")
                        .endEvent()
                        .done()));

    // then
    var choice = element(process, "choice", ExclusiveGateway.class);
    assertEquals("else", choice.defaultFlow().id());
    assertTrue(choice.node().outgoing().contains(choice.defaultFlow()));
    assertNull(choice.defaultFlow().condition());
    assertEquals("total > 100", choice.node().outgoing().getFirst().condition().text());
  }

  @Test
  void shouldAllowOneFlowWithoutCondition() {
    // when
    var process = process(built(start -> start.exclusiveGateway("choice").endEvent().done()));

    // then
    assertNull(element(process, "choice", ExclusiveGateway.class).defaultFlow());
  }

  @Test
  void shouldReadSubProcessesWithWhatTheyHold() {
    // when
    var process =
        process(
            built(
                start ->
                    start
                        .subProcess(
                            "outer",
                            o ->
                                o.embeddedSubProcess()
                                    .startEvent("o")
                                    .subProcess("inner")
                                    .embeddedSubProcess()
                                    .startEvent("i")
                                    .endEvent()
                                    .subProcessDone()
                                    .endEvent())
                        .endEvent()
                        .done()));

    // then
    var outer = element(process, "outer", SubProcess.class);
    var inner = element(process, "inner", SubProcess.class);
    assertEquals(0, outer.node().scope());
    assertEquals(outer.index(), inner.node().scope());
    assertEquals("o", process.element(outer.startEvent()).id());
    assertEquals("i", process.element(inner.startEvent()).id());
    assertEquals(inner.index(), process.element(inner.startEvent()).node().scope());
    assertEquals("start", process.element(process.root().startEvent()).id());
  }

  @Test
  void shouldReadTimers() {
    // when
    var process =
        process(
            built(
                start ->
                    start
                        .intermediateCatchEvent("duration", c -> c.timerWithDuration("PT1H"))
                        .intermediateCatchEvent("date", c -> c.timerWithDateExpression("due"))
                        .serviceTask("task", t -> t.zeebeJobType("work"))
                        .boundaryEvent("late", b -> b.timerWithDuration("P1D"))
                        .endEvent()
                        .moveToActivity("task")
                        .boundaryEvent(
                            "again", b -> b.cancelActivity(false).timerWithCycle("R3/PT1H"))
                        .endEvent()
                        .moveToActivity("task")
                        .endEvent()
                        .done()));

    // then
    var duration = timer(element(process, "duration", IntermediateCatchEvent.class).event());
    assertEquals(Kind.DURATION, duration.kind());
    assertEquals("PT1H", duration.expression().text());
    assertInstanceOf(StaticText.class, duration.expression());
    var date = timer(element(process, "date", IntermediateCatchEvent.class).event());
    assertEquals(Kind.DATE, date.kind());
    assertEquals("due", date.expression().text());
    var late = element(process, "late", BoundaryEvent.class);
    var again = element(process, "again", BoundaryEvent.class);
    assertTrue(late.interrupting());
    assertFalse(again.interrupting());
    assertEquals(Kind.CYCLE, timer(again.event()).kind());
    var task = element(process, "task", JobTask.class);
    assertEquals(task.index(), late.attachedTo());
    assertEquals(List.of(late.index(), again.index()), task.node().boundaryEvents());
  }

  private static TimerDefinition timer(EventDefinition event) {
    return assertInstanceOf(TimerDefinition.class, event);
  }

  @Test
  void shouldReadEveryExecutableProcessOfAFile() {
    // when
    var processes =
        processes(
            withProcesses(
                """
                <bpmn:process id="order" isExecutable="true"><bpmn:startEvent id="a" /></bpmn:process>
                <bpmn:process id="sketch" isExecutable="false"><bpmn:complexGateway id="b" />
                  <bpmn:serviceTask id="c" /></bpmn:process>
                <bpmn:process id="payment" isExecutable="true"><bpmn:startEvent id="d" /></bpmn:process>
                <bpmn:globalTask id="e" />
                """));

    // then
    assertEquals(
        List.of("order", "payment"), processes.stream().map(ProcessModel::bpmnProcessId).toList());
  }

  @Test
  void shouldIgnorePoolsLanesDataAndAnnotations() {
    // when
    var process =
        process(
            withProcesses(
                """
                <bpmn:collaboration id="both">
                  <bpmn:participant id="us" processRef="order" /><bpmn:participant id="them" />
                  <bpmn:messageFlow id="call" sourceRef="us" targetRef="them" />
                </bpmn:collaboration>
                <bpmn:process id="order" isExecutable="true">
                  <bpmn:extensionElements><zeebe:properties><zeebe:property name="a" value="b" /></zeebe:properties>
                    <zeebe:versionTag value="v1" /></bpmn:extensionElements>
                  <bpmn:laneSet id="lanes"><bpmn:lane id="lane"><bpmn:flowNodeRef>start</bpmn:flowNodeRef></bpmn:lane>
                  </bpmn:laneSet>
                  <bpmn:startEvent id="start" />
                  <bpmn:task id="task"><bpmn:standardLoopCharacteristics id="marker" /></bpmn:task>
                  <bpmn:dataObject id="paper" /><bpmn:dataObjectReference id="paper-ref" dataObjectRef="paper" />
                  <bpmn:sequenceFlow id="flow" sourceRef="start" targetRef="task" />
                  <bpmn:textAnnotation id="note"><bpmn:text>important</bpmn:text></bpmn:textAnnotation>
                  <bpmn:association id="about" sourceRef="task" targetRef="note" />
                  <bpmn:group id="group" />
                </bpmn:process>
                """));

    // then
    assertEquals(
        List.of("order", "start", "task"), process.elements().stream().map(Element::id).toList());
  }
}
