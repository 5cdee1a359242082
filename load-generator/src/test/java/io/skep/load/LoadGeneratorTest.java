package io.skep.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadGeneratorTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private FakeGateway gateway;

  @TempDir Path directory;

  @BeforeEach
  void start() throws Exception {
    gateway = new FakeGateway();
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "result", "task", "task --jobs stream", "task --connections 3"})
  void shouldRunEveryOperationToItsEnd(String scenario) {
    // when
    int code = run("--scenario " + scenario + " --in-flight 8 --json " + json());

    // then
    assertEquals(LoadGenerator.OK, code, out() + err());
    assertTrue(number("measured") > 8, out());
    assertEquals(gateway.created, number("measured"), out());
    assertEquals(0, number("failed") + number("notEnded"));
    assertEquals(scenario.startsWith("task") ? gateway.created : 0, gateway.completed);
    assertEquals(scenario.endsWith("stream"), gateway.pushed > 0);
    String name = scenario.split(" ")[0];
    var model = gateway.deployments.getFirst().getResources(0).getContent().toStringUtf8();
    assertTrue(model.contains("<process id=\"skep-bench-" + name + "\""), model);
  }

  @Test
  void shouldTellOfEachSecondAndInTheEndOfAll() {
    // when
    run("--duration 2 --warm-up 1");

    // then
    List<String> lines = out().lines().toList();
    assertTrue(lines.get(0).startsWith("task at " + gateway.address()), lines.get(0));
    assertTrue(lines.get(2).contains("p99 ms"), lines.get(2));
    assertTrue(lines.get(3).contains("warm-up "), lines.get(3));
    assertTrue(lines.get(4).strip().startsWith("1 "), lines.get(4));
    assertTrue(lines.get(5).strip().startsWith("2 "), lines.get(5));
    assertTrue(lines.get(7).contains("operations ended in 2.0 s"), lines.get(7));
  }

  /// A stall makes all operations late that were due in it, not only the one that was under way.
  @Test
  void shouldCountLatencyFromWhenAnOperationWasDue() throws Exception {
    // given
    gateway.slowNumber = 20;
    gateway.slowMs = 600;

    // when
    int code = run("--scenario create --rate 100 --in-flight 1 --json " + json());

    // then
    assertEquals(LoadGenerator.OK, code, out() + err());
    assertEquals(100, number("measured"));
    assertTrue(number("max") >= 600, out());
    // Of the sixty that were due in it, one in five of all waited for more than 400 ms.
    assertTrue(number("p90") >= 400, out());
    assertTrue(number("min") < 400, out());
  }

  @Test
  void shouldNotLeaveOutWhatNeverEnded() {
    // given
    gateway.slowNumber = 0;
    gateway.slowMs = 4_000;

    // when
    int code = run("--scenario create --rate 20 --json " + json());

    // then
    assertEquals(LoadGenerator.FAILED, code);
    assertEquals(20, number("notEnded"));
    assertEquals(20, number("measured"));
    assertTrue(number("p50") >= 2_000, out());
  }

  @Test
  void shouldSendAgainWhatIsRefused() {
    // given
    gateway.refusals = 20;

    // when
    int code = run("--scenario create --in-flight 4 --json " + json());

    // then
    assertEquals(LoadGenerator.OK, code, out());
    assertEquals(20, number("refused"));
    assertEquals(gateway.created, number("measured"));
  }

  @Test
  void shouldFailWhenOperationsFail() {
    // given
    gateway.failure = Status.INTERNAL.withDescription("broken");

    // when
    int code = run("--scenario create --in-flight 2 --json " + json());

    // then
    assertEquals(LoadGenerator.FAILED, code);
    assertTrue(out().contains("CreateProcessInstance INTERNAL"), out());
    assertTrue(out().contains("such as: broken"), out());
    // Two at once, ten times a second.
    assertTrue(number("failed") >= 2 && number("failed") <= 24, out());
  }

  @Test
  void shouldFailWhenJobsCannotBeCompleted() {
    // given
    gateway.completionFailure = Status.NOT_FOUND.withDescription("gone");

    // when
    int code = run("--in-flight 2 --json " + json());

    // then
    assertEquals(LoadGenerator.FAILED, code);
    assertTrue(out().contains("CompleteJob NOT_FOUND"), out());
    assertTrue(number("failed") > 0);
    assertEquals(0, number("notEnded"));
  }

  @Test
  void shouldNotCountJobsOfEarlierRuns() {
    // given
    for (int i = 0; i < 50; i++) gateway.leaveJob("skep-bench-task");

    // when
    run("--in-flight 2 --json " + json());

    // then
    assertEquals(gateway.completed - 50, number("measured"));
    assertEquals(gateway.created, number("measured"));
  }

  @Test
  void shouldDrawAPicture() throws Exception {
    // given
    Path plot = directory.resolve("a.svg");

    // when
    int code = run("--scenario create --duration 2 --warm-up 1 --plot " + plot);

    // then
    assertEquals(LoadGenerator.OK, code);
    var svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(plot.toFile());
    var lines = svg.getElementsByTagName("polyline");
    assertEquals(5, lines.getLength());
    for (int i = 0; i < lines.getLength(); i++) {
      String points = lines.item(i).getAttributes().getNamedItem("points").getNodeValue();
      assertEquals(3, points.split(" ").length, points);
      for (String point : points.split("[ ,]")) {
        double position = Double.parseDouble(point);
        assertTrue(position >= 0 && position <= 900, points);
      }
    }
  }

  @Test
  void shouldSayThatThereIsNoGateway() throws Exception {
    // given
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    // when
    int code =
        new LoadGenerator(print(out), print(err)).run(List.of("--address=127.0.0.1:" + port));

    // then
    assertEquals(LoadGenerator.FAILED, code);
    assertTrue(
        err().matches("Expected a Zeebe gateway at 127.0.0.1:\\d+, but .*Connection refused.*\\R"),
        err());
    assertEquals("", out());
  }

  @Test
  void shouldTellMisuseBeforeAnyLoad() {
    assertEquals(LoadGenerator.MISUSED, run("--rate fast"));
    assertTrue(err().contains("but got 'fast'"), err());
    assertEquals(LoadGenerator.MISUSED, run("--json " + directory.resolve("no/such/a.json")));
    assertTrue(err().contains("there is no such folder"), err());
    assertEquals(0, gateway.deployments.size());
  }

  @Test
  void shouldShowHelp() {
    assertEquals(LoadGenerator.OK, run("--help"));
    assertTrue(out().startsWith("Usage: skep bench"), out());
  }

  private int run(String options) {
    var arguments = new ArrayList<>(List.of("--address", gateway.address()));
    arguments.addAll(List.of(options.split(" ")));
    for (String name : List.of("--duration", "--warm-up")) {
      if (arguments.contains(name)) continue;
      arguments.add(name);
      arguments.add(name.equals("--duration") ? "1" : "0");
    }
    return new LoadGenerator(print(out), print(err), Duration.ofSeconds(2)).run(arguments);
  }

  private Path json() {
    return directory.resolve("a.json");
  }

  /// The first number of this name in the file of the figures.
  private double number(String name) {
    try {
      var text = Files.readString(json());
      var number = Pattern.compile("\"" + name + "\": ([0-9.]+)").matcher(text);
      assertTrue(number.find(), text);
      return Double.parseDouble(number.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, UTF_8);
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private String err() {
    return err.toString(UTF_8);
  }
}
