package io.skep.adapter.bpmn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dagger.Component;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.skep.domain.expression.ProcessReader;
import io.skep.domain.expression.ProcessReader.Readable;
import io.skep.domain.expression.ProcessReader.Unreadable;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceReaderTest {
  private static final byte[] MODEL =
      Bpmn.convertToString(Bpmn.createExecutableProcess("order").startEvent().endEvent().done())
          .getBytes(UTF_8);

  @Component(modules = BpmnModule.class)
  interface Languages {
    ProcessReader reader();
  }

  private final ProcessReader reader = DaggerResourceReaderTest_Languages.create().reader();

  @ParameterizedTest
  @ValueSource(strings = {"order.bpmn", "order.xml", "a/b.c.bpmn"})
  void shouldReadBpmn(String name) {
    // when
    var reading = reader.read(name, MODEL);

    // then
    assertEquals(
        "order", assertInstanceOf(Readable.class, reading).processes().getFirst().bpmnProcessId());
  }

  @ParameterizedTest
  @CsvSource({
    "order.txt, unknown resource type",
    "'', unknown resource type",
    "bpmn., unknown resource type",
    "order.dmn, not supported yet",
    "order.form, not supported yet"
  })
  void shouldRefuseOtherFiles(String name, String problem) {
    // when
    var reading = reader.read(name, MODEL);

    // then
    var problems = assertInstanceOf(Unreadable.class, reading).problems();
    assertTrue(problems.contains(problem), problems);
  }

  @Test
  void shouldReadForSeveralPartitionsAtOnce() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      // when
      Callable<Boolean> read = () -> reader.read("order.bpmn", MODEL) instanceof Readable;
      var readings = threads.invokeAll(Stream.generate(() -> read).limit(200).toList());

      // then
      for (var reading : readings) assertTrue(reading.get());
    }
  }
}
