package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of the tour, run as the tour runs them: each program straight from its source.
class ExampleIT {
  @TempDir Path directory;

  @Test
  void shouldTakeTheTour() throws Exception {
    // given
    var records = new RecordLogFile(directory.resolve("records.jsonl"));
    try (var skep =
        SkepProcess.broker(directory)
            .with("SKEP_BROKER_RECORDLOG_FILE", records.path().toAbsolutePath())
            .start()) {
      assertTrue(run(skep, "Orders", "deploy").contains("Deployed version 1 of order"));
      var worker = launch(skep, "OrderWorker");
      try {

        // when
        long small = create(skep, "{\"amount\": 20}");
        long large = create(skep, "{\"amount\": 2000}");
        long broken = create(skep, "{\"customer\": \"Ada\"}");

        // then
        records.element(small, "shipped", "ELEMENT_COMPLETED");
        records.element(large, "time-to-cancel", "ELEMENT_COMPLETED");
        records.element(large, "shipped", "ELEMENT_COMPLETED");
        var incident = records.incident(broken);
        run(
            skep,
            "Orders",
            "repair",
            Long.toString(broken),
            incident.get("key").asText(),
            "{\"amount\": 20}");
        records.element(broken, "shipped", "ELEMENT_COMPLETED");
      } finally {
        worker.destroyForcibly().waitFor();
      }
    }
  }

  private static long create(SkepProcess skep, String variables) throws Exception {
    var text = run(skep, "Orders", "create", "1", variables);
    return Long.parseLong(text.strip().substring(text.strip().lastIndexOf(' ') + 1));
  }

  private static String run(SkepProcess skep, String... arguments) throws Exception {
    var process = launch(skep, arguments);
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), text);
    assertEquals(0, process.exitValue(), text);
    return text;
  }

  /// What `examples/run` does, with the client that these tests have.
  private static Process launch(SkepProcess skep, String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                classPath(),
                "examples/" + arguments[0] + ".java"));
    command.addAll(List.of(arguments).subList(1, arguments.length));
    var builder =
        new ProcessBuilder(command)
            .directory(SkepProcess.home().toFile())
            .redirectErrorStream(true);
    builder.environment().put("ZEEBE_GRPC_ADDRESS", skep.grpcAddress());
    // Nobody reads what the worker says; a full pipe would stop it.
    if (arguments.length == 1) builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return builder.start();
  }

  /// Surefire hides the class path in the manifest of a jar, and says here what it is.
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
