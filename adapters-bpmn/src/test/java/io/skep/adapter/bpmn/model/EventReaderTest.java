package io.skep.adapter.bpmn.model;

import static io.skep.adapter.bpmn.model.Files.built;
import static io.skep.adapter.bpmn.model.Files.element;
import static io.skep.adapter.bpmn.model.Files.problems;
import static io.skep.adapter.bpmn.model.Files.process;
import static io.skep.adapter.bpmn.model.Files.withElements;
import static io.skep.adapter.bpmn.model.Files.withProcesses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.model.bpmn.builder.AbstractThrowEventBuilder;
import io.skep.domain.engine.element.ElementType;
import io.skep.domain.engine.element.container.ProcessRoot;
import io.skep.domain.engine.element.event.BoundaryEvent;
import io.skep.domain.engine.element.event.IntermediateCatchEvent;
import io.skep.domain.engine.element.event.MessageDefinition;
import io.skep.domain.engine.element.event.SignalDefinition;
import io.skep.domain.engine.element.event.SignalThrowEvent;
import io.skep.domain.engine.element.event.TriggeredStartEvent;
import io.skep.domain.engine.element.event.TriggeredStartEvent.Trigger;
import io.skep.domain.engine.element.gateway.EventBasedGateway;
import io.skep.domain.engine.element.task.JobTask;
import io.skep.domain.engine.element.task.ReceiveTask;
import io.skep.domain.expression.StaticText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {
  @Test
  void shouldReadMessagesThatAreWaitedFor() {
    // when
    var model =
        process(
            built(
                start ->
                    start
                        .intermediateCatchEvent(
                            "catch",
                            c -> c.message(m -> m.name("paid").zeebeCorrelationKeyExpression("id")))
                        .receiveTask("task")
                        .message(m -> m.nameExpression("x + 1").zeebeCorrelationKeyExpression("k"))
                        .boundaryEvent(
                            "edge",
                            b ->
                                b.cancelActivity(false)
                                    .message(
                                        m -> m.name("asked").zeebeCorrelationKeyExpression("id")))
                        .endEvent()
                        .moveToActivity("task")
                        .endEvent()
                        .done()));

    // then
    var caught =
        assertInstanceOf(
            MessageDefinition.class, element(model, "catch", IntermediateCatchEvent.class).event());
    assertInstanceOf(StaticText.class, caught.name());
    assertEquals("paid", caught.name().text());
    assertEquals("id", caught.correlationKey().text());
    assertFalse(caught.correlationKey() instanceof StaticText);
    var received = element(model, "task", ReceiveTask.class);
    assertEquals(ElementType.RECEIVE_TASK, received.type());
    assertEquals("x + 1", received.message().name().text());
    var edge = element(model, "edge", BoundaryEvent.class);
    assertFalse(edge.interrupting());
    assertEquals("asked", assertInstanceOf(MessageDefinition.class, edge.event()).name().text());
    assertEquals(List.of(edge.index()), received.node().boundaryEvents());
  }

  @Test
  void shouldReadSignals() {
    // when
    var model =
        process(
            built(
                start ->
                    start
                        .intermediateCatchEvent("catch", c -> c.signal("alarm"))
                        .intermediateThrowEvent("throw", t -> t.signal("=name"))
                        .endEvent("end", e -> e.signal("bye"))
                        .done()));

    // then
    var caught =
        assertInstanceOf(
            SignalDefinition.class, element(model, "catch", IntermediateCatchEvent.class).event());
    assertEquals("alarm", caught.name().text());
    assertEquals("name", element(model, "throw", SignalThrowEvent.class).signal().name().text());
    var end = element(model, "end", SignalThrowEvent.class);
    assertEquals("bye", end.signal().name().text());
    assertEquals(ElementType.END_EVENT, end.type());
  }

  @Test
  void shouldReadThrownMessagesAsWorkForWorkers() {
    // when
    var model =
        process(
            built(
                start ->
                    start
                        .intermediateThrowEvent("throw", t -> work(t.message("sent"), "send", "3"))
                        .endEvent("end", e -> work(e.message("done"), "finish", "5"))
                        .done()));

    // then
    var thrown = element(model, "throw", JobTask.class);
    assertEquals("send", thrown.jobType().text());
    assertEquals(ElementType.INTERMEDIATE_THROW_EVENT, thrown.type());
    assertEquals("{\"h\":\"v\"}", thrown.headers().toString());
    var end = element(model, "end", JobTask.class);
    assertEquals("finish", end.jobType().text());
    assertEquals("5", end.retries().text());
  }

  private static void work(AbstractThrowEventBuilder<?, ?> event, String type, String retries) {
    event.zeebeJobType(type).zeebeJobRetries(retries).zeebeTaskHeader("h", "v");
  }

  @Test
  void shouldReadWhatStartsAProcess() {
    // when
    var model =
        process(
            withProcesses(
                """
                <bpmn:message id="m" name="=&quot;order&quot; + &quot;ed&quot;" />
                <bpmn:signal id="s" name="alarm" />
                <bpmn:process id="order" isExecutable="true">
                <bpmn:startEvent id="by-message"><bpmn:messageEventDefinition id="d" messageRef="m" /></bpmn:startEvent>
                <bpmn:startEvent id="by-signal"><bpmn:signalEventDefinition id="e" signalRef="s" /></bpmn:startEvent>
                </bpmn:process>
                """));

    // then
    var byMessage = element(model, "by-message", TriggeredStartEvent.class);
    assertEquals(Trigger.MESSAGE, byMessage.trigger());
    assertEquals("ordered", byMessage.name());
    var bySignal = element(model, "by-signal", TriggeredStartEvent.class);
    assertEquals(Trigger.SIGNAL, bySignal.trigger());
    assertEquals("alarm", bySignal.name());
    assertEquals(-1, ((ProcessRoot) model.root()).startEvent());
    assertEquals(List.of(byMessage.index(), bySignal.index()), model.triggeredStarts());
  }

  @Test
  void shouldReadEventBasedGateways() {
    // when
    var model =
        process(
            built(
                start ->
                    start
                        .eventBasedGateway("first")
                        .intermediateCatchEvent("late", c -> c.timerWithDuration("PT1M"))
                        .endEvent()
                        .moveToLastGateway()
                        .intermediateCatchEvent("alarm", c -> c.signal("alarm"))
                        .endEvent()
                        .done()));

    // then
    assertEquals(2, element(model, "first", EventBasedGateway.class).node().outgoing().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<bpmn:receiveTask id='t'/> | t | Must reference a message",
        "<bpmn:receiveTask id='t' messageRef='nameless'/> | nameless | Name must be present and not empty",
        "<bpmn:receiveTask id='t' messageRef='bare'/> | bare | Must have exactly one zeebe:subscription extension element",
        "<bpmn:intermediateCatchEvent id='t'><bpmn:messageEventDefinition id='d'/></bpmn:intermediateCatchEvent>"
            + " | d | Must reference a message",
        "<bpmn:intermediateCatchEvent id='t'><bpmn:signalEventDefinition id='d'/></bpmn:intermediateCatchEvent>"
            + " | d | Must reference a signal",
        "<bpmn:receiveTask id='t' messageRef='fixed'/> | fixed > extensionElements > subscription"
            + " | Expected expression but found static value 'static'. An expression must start with '=' (e.g. '=static').",
        "<bpmn:endEvent id='t'><bpmn:messageEventDefinition id='d' messageRef='bare'/></bpmn:endEvent> | t"
            + " | Must have either one 'zeebe:publishMessage' or one 'zeebe:taskDefinition' extension element",
        "<bpmn:startEvent id='t'><bpmn:messageEventDefinition id='d' messageRef='variable'/></bpmn:startEvent> | t"
            + " | Expected the name 'x' of what starts a process to be a string that needs no variables",
        "<bpmn:eventBasedGateway id='t'/> | t | Event-based gateway must have at least 2 outgoing sequence flows.",
      })
  void shouldRefuseWhatIsIncomplete(String element, String id, String problem) {
    // when
    var problems =
        problems(
            withProcesses(
                """
                <bpmn:message id="nameless"><bpmn:extensionElements><zeebe:subscription correlationKey="=k" />
                  </bpmn:extensionElements></bpmn:message>
                <bpmn:message id="bare" name="bare" />
                <bpmn:message id="variable" name="=x" />
                <bpmn:message id="fixed" name="fixed"><bpmn:extensionElements>
                  <zeebe:subscription correlationKey="static" /></bpmn:extensionElements></bpmn:message>
                <bpmn:process id="order" isExecutable="true"><bpmn:startEvent id="a" />%s</bpmn:process>
                """
                    .formatted(element)));

    // then
    assertTrue(
        problems.contains("- Element: %s\n    - ERROR: %s".formatted(id, problem)), problems);
  }

  @Test
  void shouldRefuseAGatewayThatLeadsToAnythingButEvents() {
    // when
    var problems =
        problems(
            withElements(
                """
                <bpmn:startEvent id="a" />
                <bpmn:eventBasedGateway id="g"><bpmn:outgoing>f1</bpmn:outgoing><bpmn:outgoing>f2</bpmn:outgoing>
                  </bpmn:eventBasedGateway>
                <bpmn:task id="b" /><bpmn:task id="c" />
                <bpmn:sequenceFlow id="f1" sourceRef="g" targetRef="b" />
                <bpmn:sequenceFlow id="f2" sourceRef="g" targetRef="c" />
                """));

    // then
    assertTrue(problems.contains("- Element: g\n    - ERROR: "), problems);
  }

  @Test
  void shouldRefuseAGatewayThatConcealsAFlow() {
    // when: the flow to the task is not among the gateway's outgoing ones
    var problems =
        problems(
            withProcesses(
                """
                <bpmn:signal id="s" name="alarm" />
                <bpmn:signal id="r" name="news" />
                <bpmn:process id="order" isExecutable="true">
                <bpmn:startEvent id="a" />
                <bpmn:eventBasedGateway id="g"><bpmn:outgoing>f1</bpmn:outgoing><bpmn:outgoing>f2</bpmn:outgoing>
                  </bpmn:eventBasedGateway>
                <bpmn:intermediateCatchEvent id="b"><bpmn:incoming>f1</bpmn:incoming>
                  <bpmn:signalEventDefinition id="x" signalRef="s" /></bpmn:intermediateCatchEvent>
                <bpmn:intermediateCatchEvent id="c"><bpmn:incoming>f2</bpmn:incoming>
                  <bpmn:signalEventDefinition id="y" signalRef="r" /></bpmn:intermediateCatchEvent>
                <bpmn:task id="d" />
                <bpmn:sequenceFlow id="f1" sourceRef="g" targetRef="b" />
                <bpmn:sequenceFlow id="f2" sourceRef="g" targetRef="c" />
                <bpmn:sequenceFlow id="f3" sourceRef="g" targetRef="d" />
                </bpmn:process>
                """));

    // then
    assertEquals(
        "- Element: g\n    - ERROR: Expected sequence flows to catch events only, but there is one to 'd'\n",
        problems);
  }

  @Test
  void shouldRefuseAnEventBehindAGatewayThatCanBeReachedInAnotherWay() {
    // when
    var problems =
        problems(
            built(
                start ->
                    start
                        .eventBasedGateway("first")
                        .intermediateCatchEvent("late", c -> c.timerWithDuration("PT1M"))
                        .endEvent()
                        .moveToLastGateway()
                        .intermediateCatchEvent("alarm", c -> c.signal("alarm"))
                        .connectTo("late")
                        .done()));

    // then
    assertTrue(problems.contains("ERROR"), problems);
  }
}
