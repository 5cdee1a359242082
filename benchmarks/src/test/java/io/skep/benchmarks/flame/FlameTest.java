package io.skep.benchmarks.flame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.benchmarks.flame.Stacks.Kind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class FlameTest {
  private static volatile Object kept;

  @TempDir Path directory;

  @Test
  void shouldDrawWhereTimeIsSpentAndWhatIsAllocated() throws Exception {
    // given
    Path file = directory.resolve("a.jfr");
    try (var recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(1));
      recording.enable("jdk.ObjectAllocationSample").with("throttle", "1000/s");
      recording.start();
      var worker = new Thread(() -> burn(300), "worker-17");
      worker.start();
      worker.join();
      recording.dump(file);
    }

    for (Kind kind : Kind.values()) {
      // when
      Path svg = directory.resolve(kind + ".svg");
      boolean drawn = Flame.draw(file, kind, svg);

      // then
      assertTrue(drawn);
      List<String> folded = Files.readAllLines(directory.resolve(kind + ".folded"));
      assertTrue(
          folded.stream()
              .anyMatch(line -> line.startsWith("worker-N;") && line.contains("FlameTest.burn ")),
          folded::toString);
      assertTrue(Files.readString(svg).contains("FlameTest.burn: "));
    }
  }

  private static void burn(long ms) {
    long end = System.nanoTime() + ms * 1_000_000;
    while (System.nanoTime() < end) kept = new byte[1_000];
  }

  @Test
  void shouldSayWhenThereIsNothingToDraw() throws Exception {
    // given
    Path file = directory.resolve("a.jfr");
    try (var recording = new Recording()) {
      recording.start();
      recording.dump(file);
    }

    // when
    boolean drawn = Flame.draw(file, Kind.CPU, directory.resolve("a.svg"));

    // then
    assertFalse(drawn);
  }

  @Test
  void shouldFoldStacksByWhereTheyEnd() {
    // given
    var stacks = new Stacks();
    stacks.add(List.of("main", "A.a", "B.b"), 3);
    stacks.add(List.of("main", "A.a"), 2);
    stacks.add(List.of("other", "A.a"), 1);

    // then
    assertEquals(List.of("main;A.a 2", "main;A.a;B.b 3", "other;A.a 1"), stacks.folded());
  }

  @Test
  void shouldPutEachMethodBelowItsCallerAndAsWideAsItsShare() throws Exception {
    // given
    var stacks = new Stacks();
    stacks.add(List.of("main", "x.A.a", "x.B.<init>"), 30);
    stacks.add(List.of("main", "x.C.c"), 10);

    // when
    String svg = FlameSvg.of(stacks.root, "\"title\" & more", "samples");

    // then
    var boxes =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
            .getElementsByTagName("g");
    assertEquals(5, boxes.getLength());
    assertBox((Element) boxes.item(0), "all", 0, 1400);
    assertBox((Element) boxes.item(1), "main", 0, 1400);
    assertBox((Element) boxes.item(2), "A.a", 0, 1050);
    assertBox((Element) boxes.item(3), "B.<init>", 0, 1050);
    assertBox((Element) boxes.item(4), "C.c", 1050, 350);
  }

  private static void assertBox(Element box, String label, double x, double width) {
    assertEquals(label, box.getAttribute("data-label"));
    assertEquals(x, Double.parseDouble(box.getAttribute("data-x")));
    assertEquals(width, Double.parseDouble(box.getAttribute("data-w")));
  }
}
