package io.skep.adapter.bpmn.model;

import static io.skep.adapter.bpmn.model.Files.problems;
import static io.skep.adapter.bpmn.model.Files.withElements;
import static io.skep.adapter.bpmn.model.Files.withProcesses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that a deployment refuses whatever their elements mean.
class RefusedFilesTest {
  @Test
  void shouldRefuseFilesWithNothingToRun() {
    // when
    var problems =
        problems(
            withProcesses(
                "<bpmn:process id=\"draft\"><bpmn:startEvent id=\"a\" /></bpmn:process>"));

    // then
    assertEquals(
        "- Element: definitions\n    - ERROR: Must contain at least one executable process\n",
        problems);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hello | Content is not allowed in prolog",
        "`` | Premature end of file",
        "<definitions> | Line=1",
        "<?xml version='1.0'?><html/> | Cannot find the declaration of element 'html'",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a> | DOCTYPE is disallowed",
      })
  void shouldRefuseWhatIsNotBpmn(String text, String expected) {
    // when
    var problems = problems(text.getBytes(UTF_8));

    // then
    assertTrue(problems.contains(expected), problems);
    assertTrue(problems.contains("Line="), problems);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<bpmn:startEvent id='a'/><bpmn:unheardOf id='b'/> | unheardOf",
        "<bpmn:startEvent id='a'/><bpmn:task id='a'/> | multiple occurrences of ID value 'a'",
        "<bpmn:startEvent id='a'/><bpmn:sequenceFlow id='f' sourceRef='a' targetRef='nowhere'/> | 'nowhere'",
        "<bpmn:startEvent id='a'/><bpmn:sequenceFlow id='f' sourceRef='a'/> | 'targetRef' must appear",
      })
  void shouldRefuseWhatTheSchemaForbids(String elements, String expected) {
    // when
    var problems = problems(withElements(elements));

    // then
    assertTrue(problems.contains(expected), problems);
  }

  @Test
  void shouldRefuseEntitiesThatGrow() {
    // given
    var bomb =
        """
        <?xml version="1.0"?>
        <!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>
        <lolz>&c;</lolz>
        """;

    // when
    var problems = problems(bomb.getBytes(UTF_8));

    // then
    assertTrue(problems.contains("DOCTYPE"), problems);
  }

  @Test
  void shouldCutTheListOfProblemsShort() {
    // given
    var elements = new StringBuilder("<bpmn:startEvent id='start'/>");
    for (int i = 0; i < 1_000; i++)
      elements.append("<bpmn:serviceTask id='task-").append(i).append("'/>");

    // when
    var problems = problems(withElements(elements.toString()));

    // then
    assertTrue(problems.length() < 13_000 && problems.endsWith("..."), problems);
  }

  @Test
  void shouldRefuseElementsNestedTooDeeply() {
    // given
    int depth = 20_000;
    var elements = new StringBuilder("<bpmn:startEvent id='start'/>");
    for (int i = 0; i < depth; i++) {
      elements.append("<bpmn:subProcess id='s%d'><bpmn:startEvent id='e%d'/>".formatted(i, i));
    }
    elements.append("</bpmn:subProcess>".repeat(depth));

    // when
    var problems = problems(withElements(elements.toString()));

    // then
    assertTrue(problems.length() > 0 && problems.length() < 1_000, problems);
  }
}
