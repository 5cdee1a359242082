package io.skep.adapter.bpmn.model;

import static io.skep.adapter.bpmn.model.Files.after;
import static io.skep.adapter.bpmn.model.Files.problems;
import static io.skep.adapter.bpmn.model.Files.withElements;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a deployment refuses because the engine lacks it.
class UnsupportedModelsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "complexGateway | ComplexGateway",
        "inclusiveGateway | InclusiveGateway",
        "transaction | Transaction",
        "adHocSubProcess | AdHocSubProcess",
        "userTask | UserTask",
        "callActivity | CallActivity",
      })
  void shouldRefuseElementsThatTheEngineLacks(String element, String type) {
    // when
    var problems = problems(after("<bpmn:%s id=\"next\" />".formatted(element)));

    // then
    assertEquals(
        "- Element: next\n    - ERROR: Elements of type '%s' are currently not supported\n"
            .formatted(type),
        problems);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "intermediateCatchEvent | conditionalEventDefinition | IntermediateCatchEvent with ConditionalEventDefinition",
        "intermediateThrowEvent | linkEventDefinition | IntermediateThrowEvent with LinkEventDefinition",
        "endEvent | cancelEventDefinition | EndEvent with CancelEventDefinition",
        "endEvent | terminateEventDefinition | EndEvent with TerminateEventDefinition",
        "endEvent | errorEventDefinition | EndEvent with ErrorEventDefinition",
      })
  void shouldRefuseEventsThatTheEngineLacks(String event, String definition, String expected) {
    // given
    var content = definition.startsWith("cond") ? "<bpmn:condition>=x</bpmn:condition>" : "";
    var name = definition.startsWith("link") ? " name=\"l\"" : "";

    // when
    var problems =
        problems(
            after(
                "<bpmn:%s id=\"next\"><bpmn:%s id=\"d\"%s>%s</bpmn:%s></bpmn:%s>"
                    .formatted(event, definition, name, content, definition, event)));

    // then
    assertTrue(
        problems.startsWith(
            "- Element: next\n    - ERROR: Elements of type '%s' are currently not supported\n"
                .formatted(expected)),
        problems);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<zeebe:executionListeners><zeebe:executionListener eventType='start' type='x'/></zeebe:executionListeners>"
            + " | executionListeners",
        "<zeebe:script expression='=1' resultVariable='x'/> | script",
        "<zeebe:calledDecision decisionId='x' resultVariable='y'/> | calledDecision",
      })
  void shouldRefuseExtensionsThatTheEngineLacks(String extension, String name) {
    // when
    var problems =
        problems(
            after(
                """
                <bpmn:serviceTask id="next"><bpmn:extensionElements><zeebe:taskDefinition type="work" />%s
                  </bpmn:extensionElements></bpmn:serviceTask>
                """
                    .formatted(extension)));

    // then
    assertTrue(
        problems.contains(
            "next\n    - ERROR: Extension element 'zeebe:%s' is currently not supported"
                .formatted(name)),
        problems);
  }

  @Test
  void shouldLetForeignExtensionsPass() {
    // when
    var file =
        after(
            """
            <bpmn:task id="next"><bpmn:extensionElements><x:y xmlns:x="http://example.org/x" /></bpmn:extensionElements>
            </bpmn:task>
            """);

    // then
    assertEquals(3, Files.process(file).elements().size());
  }

  @Test
  void shouldRefuseProcessesThatStartByATimer() {
    // when
    var problems =
        problems(
            withElements(
                "<bpmn:startEvent id='start'><bpmn:timerEventDefinition id='d' /></bpmn:startEvent>"));

    // then
    assertTrue(
        problems.startsWith("- Element: start\n    - ERROR: Elements of type 'StartEvent with "),
        problems);
  }

  @Test
  void shouldRefuseMultiInstanceAndCompensationAndEventSubProcesses() {
    // when
    var problems =
        problems(
            withElements(
                """
                <bpmn:startEvent id="start" />
                <bpmn:task id="many"><bpmn:multiInstanceLoopCharacteristics /></bpmn:task>
                <bpmn:task id="undo" isForCompensation="true" />
                <bpmn:subProcess id="handler" triggeredByEvent="true"><bpmn:startEvent id="inner" /></bpmn:subProcess>
                """));

    // then
    assertEquals(
        """
        - Element: many
            - ERROR: Elements of type 'MultiInstanceLoopCharacteristics' are currently not supported
        - Element: undo
            - ERROR: Elements of type 'compensation handler' are currently not supported
        - Element: handler
            - ERROR: Elements of type 'EventSubProcess' are currently not supported
        """,
        problems);
  }
}
