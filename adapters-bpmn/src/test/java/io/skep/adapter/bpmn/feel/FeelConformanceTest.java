package io.skep.adapter.bpmn.feel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skep.domain.expression.Evaluation;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Expressions with the results that Zeebe gives for them.
class FeelConformanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicNode> shouldGiveWhatZeebeGives() throws IOException {
    return files().stream().map(this::container);
  }

  @Test
  void shouldFindAllExpressions() throws IOException {
    assertTrue(files().stream().mapToInt(file -> lines(file).size() - 2).sum() > 350);
  }

  private DynamicContainer container(Path file) {
    var lines = lines(file);
    var variables = lines.get(1);
    return DynamicContainer.dynamicContainer(
        file.getFileName().toString(),
        lines.subList(2, lines.size()).stream()
            .map(line -> DynamicTest.dynamicTest(line, () -> check(variables, line))));
  }

  private static void check(String variables, String line) throws Exception {
    // given
    int arrow = line.lastIndexOf("  =>  ");
    var expression = Feel.parse(line.substring(0, arrow));

    // when
    var evaluation = expression.evaluate(Scope.of(variables));

    // then
    var value = assertInstanceOf(Evaluation.Value.class, evaluation);
    assertEquals(JSON.readTree(line.substring(arrow + 6)), JSON.readTree(value.json()));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Path> files() throws IOException {
    try (var files =
        Files.list(
            Path.of(FeelConformanceTest.class.getResource("arithmetic.txt").toURI()).getParent())) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
