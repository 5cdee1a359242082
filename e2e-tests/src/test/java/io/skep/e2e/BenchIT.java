package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `bin/skep bench` and a broker, each a process of its own.
class BenchIT {
  @TempDir static Path brokerDirectory;
  private static SkepProcess skep;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    skep = SkepProcess.broker(brokerDirectory).start();
  }

  @AfterAll
  static void stop() {
    skep.close();
  }

  @ParameterizedTest
  @CsvSource({
    "create, --in-flight=4",
    "task, --rate=50",
    "task, --jobs=stream",
    "result, --variables-bytes=2000"
  })
  void shouldMeasure(String scenario, String option) throws Exception {
    // given
    var bench = bench("--scenario=" + scenario, option, "--warm-up=1", "--duration=2");

    // when
    int exitCode = bench.launch().exitCode();

    // then
    assertEquals(0, exitCode, bench.log());
    JsonNode figures = figures();
    assertEquals(scenario, figures.get("scenario").asText());
    assertEquals(3, figures.get("seconds").size());
    assertEquals(0, figures.get("failed").asInt() + figures.get("notEnded").asInt());
    assertTrue(figures.get("endedPerSecond").asDouble() > 10, bench.log());
    double p50 = figures.at("/latencyMs/p50").asDouble();
    assertTrue(p50 > 0 && p50 <= figures.at("/latencyMs/p99").asDouble(), bench.log());
    assertTrue(Files.readString(directory.resolve("a.svg")).endsWith("</svg>\n"));
    if (option.equals("--rate=50")) assertEquals(100, figures.get("measured").asInt());
  }

  @Test
  void shouldTellWhatItHasWhenItIsToldToEnd() throws Exception {
    // given
    var bench =
        bench("--scenario=create", "--in-flight=2", "--warm-up=0", "--duration=60").launch();
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (bench.log().lines().count() < 5 && System.nanoTime() < deadline) SkepProcess.pause(50);

    // when
    bench.terminate();

    // then
    assertTrue(bench.log().contains("latency in ms"), bench.log());
    double seconds = figures().get("measuredSeconds").asDouble();
    assertTrue(seconds >= 1 && seconds < 40, bench.log());
  }

  private SkepProcess bench(String... options) {
    var bench = SkepProcess.of(directory, "bench", "--address=127.0.0.1:" + skep.ports.gateway());
    for (String option : options) bench.withArgument(option);
    return bench.withArgument("--json=a.json").withArgument("--plot=a.svg");
  }

  private JsonNode figures() throws IOException {
    return new ObjectMapper().readTree(directory.resolve("a.json").toFile());
  }
}
