package io.skep.adapter.bpmn.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.builder.StartEventBuilder;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.expression.ProcessReader.Readable;
import io.skep.domain.expression.ProcessReader.Unreadable;
import java.util.List;
import java.util.function.Function;

/// Short ways to write BPMN files and to look at what was read.
final class Files {
  static final String HEAD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
          targetNamespace="http://bpmn.io/schema/bpmn">
      """;

  private Files() {}

  /// A file with one executable process that holds these elements.
  static byte[] withElements(String elements) {
    return withProcesses(
        "<bpmn:process id=\"order\" isExecutable=\"true\">" + elements + "</bpmn:process>");
  }

  static byte[] withProcesses(String processes) {
    return (HEAD + processes + "</bpmn:definitions>").getBytes(UTF_8);
  }

  /// A process whose start event leads to an element with the id `next`.
  static byte[] after(String element) {
    return withElements(
        """
        <bpmn:startEvent id="start"><bpmn:outgoing>f</bpmn:outgoing></bpmn:startEvent>
        <bpmn:sequenceFlow id="f" sourceRef="start" targetRef="next" />
        """
            + element);
  }

  static byte[] built(Function<StartEventBuilder, BpmnModelInstance> process) {
    var start = Bpmn.createExecutableProcess("order").startEvent("start");
    return Bpmn.convertToString(process.apply(start)).getBytes(UTF_8);
  }

  static ProcessModel process(byte[] file) {
    return processes(file).getFirst();
  }

  static List<ProcessModel> processes(byte[] file) {
    var reading = BpmnFile.read(file);
    return assertInstanceOf(Readable.class, reading, reading::toString).processes();
  }

  static String problems(byte[] file) {
    return assertInstanceOf(Unreadable.class, BpmnFile.read(file)).problems();
  }

  static <E extends Element> E element(ProcessModel process, String id, Class<E> type) {
    var found = process.elements().stream().filter(element -> element.id().equals(id)).toList();
    return assertInstanceOf(type, found.getFirst());
  }
}
