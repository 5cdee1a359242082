package io.skep.adapter.bpmn.model;

import static io.skep.adapter.bpmn.model.Files.after;
import static io.skep.adapter.bpmn.model.Files.built;
import static io.skep.adapter.bpmn.model.Files.problems;
import static io.skep.adapter.bpmn.model.Files.withElements;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Models that make no sense, and what a deployment says about them.
class RefusedModelsTest {
  @Test
  void shouldNameTheElementAndTheReason() {
    // when
    var problems = problems(built(start -> start.serviceTask("task").done()));

    // then
    assertEquals(
        "- Element: task\n    - ERROR: Must have exactly one 'zeebe:taskDefinition' extension element\n",
        problems);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<bpmn:task id='a'/> | order | Must have at least one start event",
        "<bpmn:startEvent id='a'/><bpmn:startEvent id='b'/> | order | Multiple none start events are not allowed",
        "<bpmn:startEvent id='a'/><bpmn:subProcess id='u'/> | u | Must have exactly one start event",
        "<bpmn:startEvent id='a'/><bpmn:subProcess id='u'><bpmn:startEvent id='x'/><bpmn:startEvent id='y'/>"
            + "</bpmn:subProcess> | u | Must have exactly one start event",
        "<bpmn:startEvent id='a'/><bpmn:subProcess id='u'><bpmn:startEvent id='x'><bpmn:timerEventDefinition id='d'>"
            + "<bpmn:timeDuration>PT1S</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:startEvent>"
            + "</bpmn:subProcess> | u | Start events in subprocesses must be of type none",
        "<bpmn:startEvent id='a'/><bpmn:sendTask id='b'/> | b"
            + " | Must have either one 'zeebe:publishMessage' or one 'zeebe:taskDefinition' extension element",
        "<bpmn:startEvent id='a'/><bpmn:serviceTask id='b'><bpmn:extensionElements><zeebe:taskDefinition type=''/>"
            + "</bpmn:extensionElements></bpmn:serviceTask> | b > extensionElements > taskDefinition"
            + " | Attribute 'type' must be present and not empty",
        "<bpmn:startEvent id='a'/><bpmn:intermediateCatchEvent id='c'/> | c | Must have exactly one event definition",
        "<bpmn:startEvent id='a'/><bpmn:endEvent id='t'/><bpmn:task id='u'/>"
            + "<bpmn:sequenceFlow id='g' sourceRef='t' targetRef='u'/> | t"
            + " | End events must not have outgoing sequence flows to other elements.",
        "<bpmn:startEvent id='a'/><bpmn:task id='u'/><bpmn:sequenceFlow id='g' sourceRef='u' targetRef='a'/> | a"
            + " | Cannot have incoming sequence flows",
        "<bpmn:startEvent id='a'/><bpmn:task id='u'/><bpmn:sequenceFlow id='g' sourceRef='a' targetRef='u'>"
            + "<bpmn:conditionExpression>=x</bpmn:conditionExpression></bpmn:sequenceFlow> | a"
            + " | Conditional sequence flows are only supported at exclusive or inclusive gateway",
        "<bpmn:startEvent id='a'/><bpmn:exclusiveGateway id='u' default='z'/>"
            + "<bpmn:sequenceFlow id='z' sourceRef='a' targetRef='u'/> | u | Default flow must start at gateway",
        "<bpmn:startEvent id='a'/><bpmn:exclusiveGateway id='u' default='a'/> | u | Default flow must start at gateway",
        "<bpmn:startEvent id='a'/><bpmn:exclusiveGateway id='u'/><bpmn:task id='t'/>"
            + "<bpmn:sequenceFlow id='g' sourceRef='u' targetRef='t'><bpmn:conditionExpression>=x</bpmn:conditionExpression>"
            + "</bpmn:sequenceFlow><bpmn:sequenceFlow id='h' sourceRef='u' targetRef='t'/> | h"
            + " | Must have a condition or be default flow",
        "<bpmn:startEvent id='a'/><bpmn:boundaryEvent id='c' attachedToRef='a'/> | c | Must be attached to an activity",
        "<bpmn:startEvent id='a'/><bpmn:boundaryEvent id='c' attachedToRef='t'><bpmn:timerEventDefinition id='d'>"
            + "<bpmn:timeDuration>PT1S</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>"
            + "<bpmn:task id='t'/> | c | Must have at least one outgoing sequence flow or association",
        "<bpmn:startEvent/> | order > startEvent | Element id must be present and not empty.",
        "<bpmn:startEvent id='a'/><bpmn:subProcess id='s'><bpmn:startEvent id='b'/></bpmn:subProcess>"
            + "<bpmn:sequenceFlow id='f' sourceRef='a' targetRef='b'/> | f"
            + " | Expected targetRef to name an element that can have sequence flows in the same process or sub-process,"
            + " but 'b' does not",
        "<bpmn:startEvent id='a'/><bpmn:dataObject id='d'/><bpmn:sequenceFlow id='f' sourceRef='d' targetRef='a'/> | f"
            + " | Expected sourceRef to name an element that can have sequence flows in the same process or sub-process,"
            + " but 'd' does not",
        "<bpmn:startEvent id='a'/><bpmn:serviceTask id='b'><bpmn:extensionElements><zeebe:taskDefinition type='x'/>"
            + "<zeebe:taskHeaders><zeebe:header key='io.camunda.zeebe:x' value='1'/></zeebe:taskHeaders>"
            + "</bpmn:extensionElements></bpmn:serviceTask> | b > extensionElements > taskHeaders"
            + " | Attribute 'key' contains 'io.camunda.zeebe:x', but header keys starting with 'io.camunda.zeebe:' are"
            + " reserved for internal use.",
      })
  void shouldRefuseModelsThatMakeNoSense(String elements, String id, String problem) {
    // when
    var problems = problems(withElements(elements));

    // then
    assertEquals("- Element: %s\n    - ERROR: %s\n".formatted(id, problem), problems);
  }

  @Test
  void shouldRefuseTwoEventDefinitions() {
    // when
    var problems =
        problems(
            after(
                """
                <bpmn:intermediateCatchEvent id="next">
                  <bpmn:timerEventDefinition id="d"><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>
                  <bpmn:signalEventDefinition id="e" /></bpmn:intermediateCatchEvent>
                """));

    // then
    assertTrue(
        problems.contains("- Element: next\n    - ERROR: Must have exactly one event definition\n"),
        problems);
  }

  @Test
  void shouldFindProblemsOfSeveralElementsAtOnce() {
    // when
    var problems =
        problems(
            built(
                start ->
                    start
                        .serviceTask("a")
                        .userTask("b")
                        .serviceTask(
                            "c",
                            t -> t.zeebeJobTypeExpression("1 +").zeebeInputExpression("x", "a b"))
                        .done()));

    // then
    for (var id : new String[] {"a", "b", "c > extensionElements > taskDefinition"}) {
      assertTrue(problems.contains("- Element: " + id + "\n"), problems);
    }
  }

  @Test
  void shouldRefuseLoopsInWhichNothingWaits() {
    // when
    var problems =
        problems(
            built(
                start ->
                    start
                        .exclusiveGateway("again")
                        .manualTask("task")
                        .exclusiveGateway("enough")
                        .defaultFlow()
                        .endEvent()
                        .moveToNode("enough")
                        .conditionExpression("x")
                        .connectTo("again")
                        .done()));

    // then
    assertEquals(
        """
        - Process: order
            - ERROR: Processes are not allowed to contain a straight-through processing loop: again > task > enough > again
        """,
        problems);
  }

  @Test
  void shouldAllowLoopsThatWait() {
    // when
    var process =
        Files.process(
            built(
                start ->
                    start
                        .exclusiveGateway("again")
                        .serviceTask("task", t -> t.zeebeJobType("work"))
                        .exclusiveGateway("enough")
                        .defaultFlow()
                        .endEvent()
                        .moveToNode("enough")
                        .conditionExpression("more")
                        .connectTo("again")
                        .done()));

    // then
    assertEquals(6, process.elements().size());
  }
}
