package io.skep.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/// What one operation is.
enum Scenario {
  /// Create an instance that waits at a task which nobody works on.
  CREATE("task.bpmn"),
  /// Create an instance with one task, get its job, complete it.
  TASK("task.bpmn"),
  /// Create an instance that decides by a condition and ends, and wait for its result.
  RESULT("result.bpmn");

  private final String model;

  Scenario(String model) {
    this.model = model;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The call that an operation begins with.
  String call() {
    return this == RESULT ? "CreateProcessInstanceWithResult" : "CreateProcessInstance";
  }

  /// The process of this scenario. Each has its own: a worker of one must not get another's jobs.
  String processId(String prefix) {
    return prefix + "-" + text();
  }

  /// The model in BPMN. Its job type, if it has a task, is the process id.
  byte[] model(String processId) {
    try (InputStream file = Scenario.class.getResourceAsStream(model)) {
      return new String(file.readAllBytes(), UTF_8)
          .replace("__PROCESS__", processId)
          .getBytes(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
