package io.skep.domain.engine.message;

import static io.skep.domain.engine.ModelBuilder.message;

import io.skep.domain.engine.ModelBuilder;

/// Processes with elements that wait for messages, with the variable `id` as correlation key.
final class MessageModels {
  private MessageModels() {}

  /// Waits for `paid` between its events.
  static ModelBuilder waiting(String process) {
    return ModelBuilder.process(process)
        .start("start")
        .waitFor("wait", message("paid", "id"))
        .end("end");
  }

  /// Has a task that `cancelled` ends.
  static ModelBuilder interrupted() {
    return ModelBuilder.process("order")
        .start("start")
        .task("work")
        .interruptedBy("cancelled", message("cancelled", "id"))
        .end("cancelled-end")
        .at("work")
        .end("end");
  }

  /// Has a task during which each `asked` is work to answer.
  static ModelBuilder accompanied() {
    return ModelBuilder.process("order")
        .start("start")
        .task("work")
        .accompaniedBy("asked", message("asked", "id"))
        .task("answer")
        .end("answered")
        .at("work")
        .end("end");
  }
}
